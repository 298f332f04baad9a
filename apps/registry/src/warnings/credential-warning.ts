import type { RegistryTokenClaims } from '@stowage/auth';

const DAY_MS = 24 * 60 * 60 * 1000;
const WARN_FROM_DAYS = 7;

/**
 * What a client should be told while its access token still works; undefined while that has more than a week. The end is
 * in the claims, so that a pull needs no query for it.
 */
export function credentialWarning(
  { credentialExpiresAt }: Pick<RegistryTokenClaims, 'credentialExpiresAt'>,
  { page, now }: { readonly page: URL; readonly now: Date },
): string | undefined {
  if (credentialExpiresAt === null) return undefined;
  const leftMs = credentialExpiresAt.getTime() - now.getTime();
  if (leftMs > WARN_FROM_DAYS * DAY_MS) return undefined;
  return `your access token ${endOf(credentialExpiresAt, leftMs)}; make a new one: ${page.href}`;
}

function endOf(end: Date, leftMs: number): string {
  const text = end.toISOString();
  if (leftMs <= 0) return `has ended on ${text.slice(0, 10)}`;
  if (leftMs < DAY_MS) return `ends within a day, at ${text.slice(0, 16)}Z`;
  const days = Math.floor(leftMs / DAY_MS);
  return `ends in ${days} ${days === 1 ? 'day' : 'days'}, on ${text.slice(0, 10)}`;
}

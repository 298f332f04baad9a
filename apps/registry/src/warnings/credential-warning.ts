import type { Principal, RegistryTokenClaims } from '@stowage/auth';

const DAY_MS = 24 * 60 * 60 * 1000;
const WARN_FROM_DAYS = 7;

/**
 * What a client should be told while its access token or robot still works; undefined while that has more than a week. The
 * end is in the claims, so that a pull needs no query for it.
 */
export function credentialWarning(
  { principal, credentialExpiresAt }: Pick<RegistryTokenClaims, 'principal' | 'credentialExpiresAt'>,
  { publicUrl, now }: { readonly publicUrl: URL; readonly now: Date },
): string | undefined {
  if (credentialExpiresAt === null) return undefined;
  const leftMs = credentialExpiresAt.getTime() - now.getTime();
  if (leftMs > WARN_FROM_DAYS * DAY_MS) return undefined;
  const { what, path, remedy } = wordsFor(principal);
  return `${what} ${endOf(credentialExpiresAt, leftMs)}; ${remedy}: ${new URL(path, publicUrl).href}`;
}

function wordsFor(principal: Principal | null): { what: string; path: string; remedy: string } {
  if (principal?.kind !== 'robot') {
    return { what: 'your access token', path: '/access-tokens', remedy: 'make a new one' };
  }
  const namespace = principal.name.slice(0, principal.name.lastIndexOf('.'));
  return { what: `the robot ${principal.name}`, path: `/n/${namespace}/robots`, remedy: 'give it more time' };
}

function endOf(end: Date, leftMs: number): string {
  const text = end.toISOString();
  if (leftMs <= 0) return `has ended on ${text.slice(0, 10)}`;
  if (leftMs < DAY_MS) return `ends within a day, at ${text.slice(0, 16)}Z`;
  const days = Math.floor(leftMs / DAY_MS);
  return `ends in ${days} ${days === 1 ? 'day' : 'days'}, on ${text.slice(0, 10)}`;
}

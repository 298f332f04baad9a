import type { IDToken, ServerMetadata } from 'openid-client';
import { ProviderRefusalError } from './provider.js';

/** How far the provider's clock may be behind ours. */
const CLOCK_SECONDS = 60;

/** OpenID Connect Core 1.0, section 3.1.2.1: each of them alone is enough, and some providers know one of them only. */
export const askedAgain = { prompt: 'login', max_age: '0' } as const;

/**
 * Section 3.1.3.7, point 13: when the person proved who they are. The request passes through a browser that somebody else
 * may sit at, who can leave out what was asked: so a provider that says that it knows the time has to say it. Throws
 * ProviderRefusalError.
 */
export function expectProof(
  { auth_time: provedAtSeconds }: IDToken,
  { provedAfterMs, server }: { readonly provedAfterMs: number; readonly server: ServerMetadata },
): void {
  if (provedAtSeconds === undefined && server.claims_supported?.includes('auth_time') !== true) return;
  if (provedAtSeconds !== undefined && provedAtSeconds + CLOCK_SECONDS >= provedAfterMs / 1000) return;
  throw new ProviderRefusalError('it did not ask again who you are');
}

import * as client from 'openid-client';
import { type Attempt, ProviderRefusalError, ProviderUnavailableError } from './provider.js';

/** Seconds; a person is waiting. */
const TIMEOUT_SECONDS = 10;

/** What every request of ours asks for besides the scopes: RFC 9700, section 2.1.1. */
export async function authorizationUrl(
  configuration: client.Configuration,
  { redirectUri, scope, attempt }: { redirectUri: string; scope: string; attempt: Attempt },
  more: Record<string, string> = {},
): Promise<URL> {
  return client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope,
    state: attempt.state,
    code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
    ...more,
  });
}

/** Plain HTTP only for a provider that the operator has put on loopback. */
export function prepare(configuration: client.Configuration, url: string): client.Configuration {
  configuration.timeout = TIMEOUT_SECONDS;
  if (new URL(url).protocol === 'http:') client.allowInsecureRequests(configuration);
  return configuration;
}

/** Errors of the protocol as ours; their messages would repeat what somebody else's server said. */
export function translate(error: unknown): Error {
  if (error instanceof ProviderRefusalError || error instanceof ProviderUnavailableError) return error;
  if (error instanceof client.AuthorizationResponseError) {
    const isRefusal = error.error === 'access_denied';
    return new ProviderRefusalError(isRefusal ? 'you did not allow it there' : 'it refused the sign-in', {
      cause: error,
    });
  }
  if (error instanceof client.ResponseBodyError) {
    return new ProviderRefusalError('this sign-in was used already or took too long', { cause: error });
  }
  if (isNetworkFault(error)) return new ProviderUnavailableError('it does not answer', { cause: error });
  return new ProviderRefusalError('its answer does not belong to this sign-in', { cause: error });
}

function isNetworkFault(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  if (error instanceof TypeError || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM') return true;
  return error instanceof Error && error.name === 'TimeoutError';
}

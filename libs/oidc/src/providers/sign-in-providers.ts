import * as client from 'openid-client';
import { GitHubProvider } from './github-provider.js';
import { OpenIdProvider } from './openid-provider.js';
import type { Attempt, ProviderId, ProviderSettings, SignInProvider } from './provider.js';

/** The providers that the operator has set up, in the order of their buttons. */
export class SignInProviders {
  readonly #providers: ReadonlyMap<ProviderId, SignInProvider>;

  constructor(settings: readonly ProviderSettings[] = []) {
    this.#providers = new Map(
      settings.map((one) => [one.id, one.id === 'github' ? new GitHubProvider(one) : new OpenIdProvider(one)]),
    );
  }

  get list(): readonly SignInProvider[] {
    return [...this.#providers.values()];
  }

  find(id: string): SignInProvider | undefined {
    return this.#providers.get(id as ProviderId);
  }
}

/** With `again`, whoever is known to the provider already has to prove it once more. */
export function newAttempt({ again = false } = {}): Attempt {
  const secrets = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
  };
  return again ? { ...secrets, provedAfterMs: Date.now() } : secrets;
}

import type { CompleteProviderSignIn, ProviderPage } from '@stowage/contracts';
import { ProblemError } from '@stowage/nest-kit';
import {
  type Attempt,
  type ExternalIdentity,
  ProviderRefusalError,
  ProviderUnavailableError,
  type SignInProvider,
} from '@stowage/oidc';

/** What providers are asked and what they answer, by way of the browser. */
export class ProviderAnswers {
  readonly #redirectUri: URL;

  constructor(publicUrl: URL) {
    // A page and no route of the API: a GET that signs somebody in would be a write.
    this.#redirectUri = new URL('/sign-in/callback', publicUrl);
  }

  async page(provider: SignInProvider, attempt: Attempt): Promise<ProviderPage> {
    try {
      return { url: (await provider.authorizationUrl(this.#redirectUri.href, attempt)).href };
    } catch (error) {
      throw toProblem(error, provider);
    }
  }

  async identity(
    provider: SignInProvider,
    attempt: Attempt,
    { state, code, iss, error }: CompleteProviderSignIn,
  ): Promise<ExternalIdentity> {
    const answer = new URL(this.#redirectUri);
    for (const [name, value] of Object.entries({ state, code, iss, error })) {
      if (value !== undefined) answer.searchParams.set(name, value);
    }
    try {
      return await provider.identityOf(answer, attempt);
    } catch (reason) {
      throw toProblem(reason, provider);
    }
  }
}

function toProblem(cause: unknown, { name }: SignInProvider): unknown {
  if (cause instanceof ProviderRefusalError) {
    return new ProblemError(403, `Sign-in with ${name} failed: ${cause.message}. Begin again.`, { cause });
  }
  if (cause instanceof ProviderUnavailableError) {
    const headers = { 'Retry-After': '10' };
    return new ProblemError(503, `Sign-in with ${name} is not possible just now: ${cause.message}.`, {
      cause,
      headers,
    });
  }
  return cause;
}

/** Where people may have an account already: a service that signs them in for us. */
export interface ProviderSettings {
  readonly id: ProviderId;
  /** As its button says it. */
  readonly name: string;
  /** The issuer of an OpenID provider; the origin of a GitHub. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export const PROVIDER_IDS = ['github', 'google', 'gitlab', 'oidc'] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];

/** What has to be kept between the way there and the way back; nobody but the server may know `verifier`. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  /** PKCE: RFC 7636. */
  readonly verifier: string;
  /**
   * Milliseconds of the epoch: the person has to prove again, after this, who they are, although the provider knows their
   * browser. Not every provider can be asked that.
   */
  readonly provedAfterMs?: number | undefined;
}

/** Somebody, as a provider knows them. Names and addresses change hands: only `issuer` with `subject` is an identity. */
export interface ExternalIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** Null unless the provider says that it has verified it. */
  readonly email: string | null;
  /** What they are called there, to suggest a username. */
  readonly name: string | null;
}

export interface SignInProvider {
  readonly id: ProviderId;
  readonly name: string;
  /** The page of the provider that asks the person. Throws ProviderUnavailableError. */
  authorizationUrl(redirectUri: string, attempt: Attempt): Promise<URL>;
  /**
   * Who came back. `answer` is the redirect URI with what the provider appended. Throws ProviderRefusalError for an answer
   * that proves nothing, or that an older sign-in gave, ProviderUnavailableError when the provider can't be reached.
   */
  identityOf(answer: URL, attempt: Attempt): Promise<ExternalIdentity>;
}

/** The answer of the provider proves nothing: another state, a used code, a wrong nonce, or the person said no. */
export class ProviderRefusalError extends Error {
  override name = 'ProviderRefusalError';
}

/** The provider does not answer, or not as the specification says. */
export class ProviderUnavailableError extends Error {
  override name = 'ProviderUnavailableError';
}

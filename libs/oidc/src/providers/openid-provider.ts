import * as client from 'openid-client';
import { authorizationUrl, prepare, translate } from './oauth-client.js';
import { askedAgain, expectProof } from './proved-again.js';
import {
  type Attempt,
  type ExternalIdentity,
  ProviderRefusalError,
  type ProviderSettings,
  ProviderUnavailableError,
  type SignInProvider,
} from './provider.js';

const SCOPE = 'openid profile email';

/** Sign-in by an OpenID provider: OpenID Connect Core 1.0, section 3.1. Its configuration is read when first needed. */
export class OpenIdProvider implements SignInProvider {
  #configuration: Promise<client.Configuration> | undefined;

  constructor(private readonly settings: ProviderSettings) {}

  get id() {
    return this.settings.id;
  }

  get name() {
    return this.settings.name;
  }

  async authorizationUrl(redirectUri: string, attempt: Attempt): Promise<URL> {
    const configuration = await this.#discover();
    const proof = attempt.provedAfterMs === undefined ? {} : askedAgain;
    return authorizationUrl(configuration, { redirectUri, scope: SCOPE, attempt }, { nonce: attempt.nonce, ...proof });
  }

  async identityOf(answer: URL, { state, nonce, verifier, provedAfterMs }: Attempt): Promise<ExternalIdentity> {
    const configuration = await this.#discover();
    try {
      const tokens = await client.authorizationCodeGrant(configuration, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new ProviderRefusalError('its answer has no ID token');
      if (provedAfterMs !== undefined) expectProof(claims, { provedAfterMs, server: configuration.serverMetadata() });
      const person =
        claims['email'] === undefined
          ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : claims;
      return { issuer: claims.iss, subject: claims.sub, email: verifiedEmail(person), name: nameOf(person) };
    } catch (error) {
      throw translate(error);
    }
  }

  /** A failure is not kept: the next person may have more luck. */
  async #discover(): Promise<client.Configuration> {
    this.#configuration ??= this.#load();
    try {
      return await this.#configuration;
    } catch (cause) {
      this.#configuration = undefined;
      throw new ProviderUnavailableError('it does not answer', { cause });
    }
  }

  async #load(): Promise<client.Configuration> {
    const { url, clientId, clientSecret } = this.settings;
    const execute = new URL(url).protocol === 'http:' ? [client.allowInsecureRequests] : [];
    const found = await client.discovery(new URL(url), clientId, clientSecret, undefined, { execute, timeout: 10 });
    return prepare(found, url);
  }
}

type Person = Readonly<Record<string, unknown>>;

function verifiedEmail({ email, email_verified: isVerified }: Person): string | null {
  return typeof email === 'string' && isVerified === true ? email : null;
}

function nameOf({ preferred_username, nickname, email }: Person): string | null {
  const local = typeof email === 'string' ? email.split('@')[0] : undefined;
  return [preferred_username, nickname, local].find((name): name is string => typeof name === 'string') ?? null;
}

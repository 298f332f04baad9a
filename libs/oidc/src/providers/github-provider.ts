import * as client from 'openid-client';
import { z } from 'zod';
import { authorizationUrl, prepare, translate } from './oauth-client.js';
import { type Attempt, type ExternalIdentity, type ProviderSettings, type SignInProvider } from './provider.js';

const userSchema = z.object({ id: z.number().int(), login: z.string() });
const emailsSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** Sign-in by GitHub, or a GitHub of the own: OAuth 2 and GitHub's API, because GitHub is no OpenID provider for people. */
export class GitHubProvider implements SignInProvider {
  readonly #configuration: client.Configuration;
  readonly #api: string;
  readonly #issuer: string;

  constructor(private readonly settings: ProviderSettings) {
    const { clientId, clientSecret } = settings;
    const url = settings.url.replace(/\/$/, '');
    this.#issuer = url;
    const server = {
      issuer: url,
      authorization_endpoint: `${url}/login/oauth/authorize`,
      token_endpoint: `${url}/login/oauth/access_token`,
    };
    this.#configuration = prepare(
      new client.Configuration(server, clientId, undefined, client.ClientSecretPost(clientSecret)),
      url,
    );
    this.#api = url === 'https://github.com' ? 'https://api.github.com' : `${url}/api/v3`;
  }

  get id() {
    return this.settings.id;
  }

  get name() {
    return this.settings.name;
  }

  async authorizationUrl(redirectUri: string, attempt: Attempt): Promise<URL> {
    return authorizationUrl(this.#configuration, { redirectUri, scope: 'read:user user:email', attempt });
  }

  async identityOf(answer: URL, { state, verifier }: Attempt): Promise<ExternalIdentity> {
    try {
      const tokens = await client.authorizationCodeGrant(this.#configuration, answer, {
        expectedState: state,
        pkceCodeVerifier: verifier,
      });
      const { id, login } = userSchema.parse(await this.#read('/user', tokens.access_token));
      const emails = emailsSchema.parse(await this.#read('/user/emails', tokens.access_token));
      const email = emails.find(({ primary, verified }) => primary && verified)?.email ?? null;
      return { issuer: this.#issuer, subject: String(id), email, name: login };
    } catch (error) {
      throw translate(error);
    }
  }

  async #read(path: string, accessToken: string): Promise<unknown> {
    const headers = new Headers({ accept: 'application/vnd.github+json', 'user-agent': 'stowage' });
    const url = new URL(`${this.#api}${path}`);
    const response = await client.fetchProtectedResource(this.#configuration, accessToken, url, 'GET', null, headers);
    return response.json();
  }
}

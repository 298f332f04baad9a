import type { Challenge } from './challenge.js';

export interface Credentials {
  readonly username: string;
  /** An access token or a password. */
  readonly secret: string;
}

export interface TokenBody {
  readonly token?: string;
  readonly access_token?: string;
  readonly refresh_token?: string;
  readonly expires_in?: number;
  readonly issued_at?: string;
  readonly scope?: string;
}

export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: TokenBody;
}

export interface RegistryClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string | readonly string[];
  readonly exp: number;
  readonly iat: number;
  readonly jti: string;
  readonly access: readonly { readonly type: string; readonly name: string; readonly actions: readonly string[] }[];
}

/** `GET /token`; each scope is a parameter of its own. */
export async function getToken(
  realm: string,
  query: Readonly<Record<string, string | readonly string[]>>,
  credentials?: Credentials,
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  const url = new URL(realm);
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) url.searchParams.append(name, value);
  }
  const authorization = credentials ? { authorization: basic(credentials) } : {};
  return answerOf(await fetch(url, { headers: { ...authorization, ...headers } }));
}

/** `POST /token`, OAuth2. */
export async function postToken(realm: string, form: Readonly<Record<string, string>>): Promise<TokenAnswer> {
  return answerOf(await fetch(realm, { method: 'POST', body: new URLSearchParams(form) }));
}

/** What a client does with a challenge; throws when it gets no token. */
export async function answerChallenge(challenge: Challenge, credentials?: Credentials): Promise<string> {
  const query = { service: challenge.service, scope: challenge.scopes };
  const { status, body } = await getToken(challenge.realm, query, credentials);
  if (status !== 200 || !body.token) throw new Error(`no token: ${status} ${JSON.stringify(body)}`);
  return body.token;
}

/** The claims, unverified: a look at what was granted. */
export function claimsOf(token: string): RegistryClaims {
  const [, payload = ''] = token.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as RegistryClaims;
}

export function basic({ username, secret }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;
}

async function answerOf(response: Response): Promise<TokenAnswer> {
  const body = (await response.json()) as TokenBody;
  return { status: response.status, headers: response.headers, body };
}

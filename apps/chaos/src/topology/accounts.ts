import { randomBytes } from 'node:crypto';
import { API_PREFIX, paths } from '@stowage/contracts';
import type { Account } from '../client/token-source.js';

export interface ManagementApi {
  /** Where it listens. */
  readonly url: string;
  /** The address that people know: what a browser says it comes from. */
  readonly publicUrl: string;
}

/**
 * Users who may push to and delete from the namespaces, which the first of them owns. Several, because the number of
 * uploads that one user may have open is limited.
 */
export async function createAccounts(
  api: ManagementApi,
  { users, namespaces }: { readonly users: number; readonly namespaces: readonly string[] },
): Promise<Account[]> {
  const signedUp = [];
  for (let index = 0; index < users; index += 1) signedUp.push(await signUp(api, `user${index}`));
  const [owner, ...others] = signedUp;
  if (!owner) throw new RangeError('a namespace needs an owner');
  for (const name of namespaces) {
    await call(api, paths.namespaces, { cookie: owner.cookie, body: { name } });
    for (const { username } of others) {
      const body = { role: 'maintainer' };
      await call(api, paths.member(name, username), { cookie: owner.cookie, method: 'PUT', body });
    }
  }
  return signedUp;
}

async function signUp(api: ManagementApi, username: string): Promise<Account & { readonly cookie: string }> {
  const account = { username, email: `${username}@example.com`, password: randomBytes(18).toString('base64url') };
  const created = await call(api, paths.accounts, { body: account });
  const cookie = created.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  const token = await call(api, paths.accessTokens, { cookie, body: { name: 'chaos' } });
  const { secret } = (await token.json()) as { secret: string };
  return { username, secret, cookie };
}

interface Call {
  readonly method?: string;
  readonly cookie?: string;
  readonly body: object;
}

/** Throws with the answer unless it is a success. */
async function call({ url, publicUrl }: ManagementApi, path: string, request: Call): Promise<Response> {
  const { method = 'POST', cookie, body } = request;
  const response = await fetch(`${url}${API_PREFIX}${path}`, {
    method,
    headers: { 'content-type': 'application/json', origin: publicUrl, ...(cookie ? { cookie } : {}) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response;
}

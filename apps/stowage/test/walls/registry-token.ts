import type { Caller } from './callers.js';
import { PASSWORD, type World } from './world.js';

export interface IssuedToken {
  readonly status: number;
  readonly token: string;
  readonly access: readonly { readonly name: string; readonly actions: readonly string[] }[];
}

/** What the token service gives a caller: with the password, the secret of an access token, or nothing at all. */
export async function registryToken(
  world: World,
  asked: {
    readonly login: Caller | null;
    readonly scopes: readonly string[];
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<IssuedToken> {
  const query = new URLSearchParams([['service', 'stowage.example'], ...asked.scopes.map((scope) => ['scope', scope])]);
  const headers = { ...(asked.login === null ? {} : await basic(world, asked.login)), ...asked.headers };
  const answer = await world.site.send({ method: 'GET', path: `/token?${query}`, headers });
  if (answer.status !== 200) return { status: answer.status, token: '', access: [] };
  const { token } = JSON.parse(answer.text) as { token: string };
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return { status: 200, token, access: (JSON.parse(claims) as { access: IssuedToken['access'] }).access };
}

async function basic(world: World, caller: Caller): Promise<Record<string, string>> {
  if (caller === 'anonymous') return {};
  const { login, secret } = caller === 'robot' ? await world.robot() : await personal(world, caller);
  return { authorization: `Basic ${Buffer.from(`${login}:${secret}`).toString('base64')}` };
}

async function personal(world: World, caller: Caller): Promise<{ login: string; secret: string }> {
  const { username } = await world.person(caller);
  return { login: username, secret: caller.includes('token') ? await world.accessToken(caller) : PASSWORD };
}

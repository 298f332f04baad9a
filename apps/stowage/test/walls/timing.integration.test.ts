import { PasswordHasher } from '@stowage/auth';
import { API_PREFIX, paths } from '@stowage/contracts';
import { aName, createUser } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { openSite, type SiteRequest } from './open-site.js';
import { registryToken } from './registry-token.js';
import { type Compared, compareTimes, type Sampling } from './timing/compare-times.js';
import { createWorld, PASSWORD, type World } from './world.js';

const site = openSite();
/** Whose existence is to be found out, and who would like to know. */
let theirs: World;
let mine: World;
/** As long as the names that exist. */
let missing: { readonly namespace: string; readonly repository: string };

beforeAll(async () => {
  [theirs, mine] = [await createWorld(site), await createWorld(site)];
  const reversed = (name: string) => name.split('').reverse().join('');
  missing = { namespace: reversed(theirs.tenant.namespace.name), repository: reversed(theirs.repository) };
});

async function expectNoTell(compared: Compared, sampling?: Sampling): Promise<void> {
  // What is prepared once, on either side, is prepared now.
  for (const ask of [compared.there, compared.missing]) for (const round of [-2, -1]) await ask(round);
  expect(await compareTimes(compared, sampling)).toMatchObject({ tells: false });
}

/** The same request about two names; both are refused alike, or this would measure two kinds of answer. */
function alike(request: (name: string) => SiteRequest, [there, absent]: readonly [string, string]): Compared {
  const statuses = new Set<number>();
  const ask = (name: string) => async () => {
    statuses.add((await site.send(request(name))).status);
    if (statuses.size > 1) throw new Error(`statuses tell them apart: ${[...statuses].join(', ')}`);
  };
  return { there: ask(there), missing: ask(absent) };
}

/** A private repository, and its two ways to be missing. */
const pairs = (): readonly (readonly [string, string])[] => {
  const there = `${theirs.tenant.namespace.name}/${theirs.repository}`;
  const { name } = theirs.tenant.namespace;
  return [
    [there, `${name}/${missing.repository}`],
    [there, `${missing.namespace}/${theirs.repository}`],
  ];
};

const blobOfTheirs = () => theirs.image.blobs[0]!.digest;

describe('how long an answer takes does not tell what is there (4.6)', () => {
  it.each(['anonymous', 'outsider'] as const)('to a caller “%s” of the registry', async (login) => {
    for (const pair of pairs()) {
      const scopes = pair.map((name) => `repository:${name}:pull`);
      const { token } = await registryToken(theirs, { login, scopes });
      const headers = { authorization: `Bearer ${token}` };
      const request = (name: string) => ({ method: 'GET', path: `/v2/${name}/manifests/${theirs.tag}`, headers });
      await expectNoTell(alike(request, pair));
    }
  });

  it.each(['anonymous', 'outsider'] as const)('to a caller “%s” of the token service', async (login) => {
    for (const pair of pairs()) {
      const ask = (name: string) => () => registryToken(theirs, { login, scopes: [`repository:${name}:pull,push`] });
      // With the password every token would cost a hash, which hides much.
      await expectNoTell(
        { there: ask(pair[0]), missing: ask(pair[1]) },
        login === 'outsider' ? { rounds: 24, attempts: 3, bound: 0.3 } : undefined,
      );
    }
  });

  it('to the access token of somebody else', async () => {
    for (const pair of pairs()) {
      const ask = (name: string) => () =>
        registryToken(mine, { login: 'token of the owner', scopes: [`repository:${name}:pull,push`] });
      await expectNoTell({ there: ask(pair[0]), missing: ask(pair[1]) });
    }
  });

  it('to somebody who would mount a blob from there', async () => {
    for (const pair of pairs()) {
      const own = `${mine.tenant.namespace.name}/${mine.repository}`;
      const scopes = [`repository:${own}:pull,push`, ...pair.map((name) => `repository:${name}:pull`)];
      const { token } = await registryToken(mine, { login: 'owner', scopes });
      const headers = { authorization: `Bearer ${token}` };
      const ask = (name: string) => async () => {
        const query = new URLSearchParams({ mount: blobOfTheirs(), from: name });
        const path = `/v2/${own}/blobs/uploads/?${query}`;
        const begun = await site.send({ method: 'POST', path, headers });
        expect(begun.status).toBe(202);
        // Only so many may be open at a time.
        await site.send({ method: 'DELETE', path: String(begun.headers['location']), headers });
      };
      await expectNoTell({ there: ask(pair[0]), missing: ask(pair[1]) });
    }
  });

  it('to somebody who asks in a repository of theirs for a blob that only others have', async () => {
    const own = `${mine.tenant.namespace.name}/${mine.repository}`;
    const { token } = await registryToken(mine, { login: 'owner', scopes: [`repository:${own}:pull`] });
    const headers = { authorization: `Bearer ${token}` };
    const request = (digest: string) => ({ method: 'HEAD', path: `/v2/${own}/blobs/${digest}`, headers });
    await expectNoTell(alike(request, [blobOfTheirs(), `sha256:${'0'.repeat(64)}`]));
  });

  it.each(['anonymous', 'outsider'] as const)('to a caller “%s” of the management API', async (caller) => {
    const headers = await theirs.credentials(caller);
    for (const pair of pairs()) {
      const request = (name: string) => {
        const [namespace = '', repository = ''] = name.split('/');
        return { method: 'GET', path: `${API_PREFIX}${paths.repository(namespace, repository)}`, headers };
      };
      await expectNoTell(alike(request, pair));
    }
    const { name } = theirs.tenant.namespace;
    const members = (of: string) => ({ method: 'GET', path: `${API_PREFIX}${paths.members(of)}`, headers });
    await expectNoTell(alike(members, [name, missing.namespace]));
  });
});

describe('how long an answer takes does not tell who has an account (4.12)', () => {
  const few = { rounds: 20, attempts: 3, bound: 0.3 };
  /** Another network each time, or the limits of one would end this. */
  const network = (round: number, kind: number) => `198.${18 + kind}.${round + 2}.7`;

  it('at the sign-in', async () => {
    const known = await Promise.all(Array.from({ length: 4 }, () => somebody()));
    const attempt = (kind: number, login: (round: number) => string) => async (round: number) => {
      const body = { login: login(round), password: 'not the password' };
      const request = { method: 'POST', path: `${API_PREFIX}${paths.session}`, body, from: network(round, kind) };
      expect((await site.send(request)).status).toBe(401);
    };
    const names = Array.from({ length: 4 }, () => aName('u'));
    const of = (list: readonly string[]) => (round: number) => list[(round + 2) % list.length]!;
    await expectNoTell({ there: attempt(0, of(known)), missing: attempt(1, of(names)) }, few);
  });

  it('at the token service', async () => {
    const known = await somebody();
    const attempt = (kind: number, login: string) => async (round: number) => {
      const authorization = `Basic ${Buffer.from(`${login}:not the password`).toString('base64')}`;
      const path = '/token?service=stowage.example';
      const request = { method: 'GET', path, headers: { authorization }, from: network(round, kind) };
      expect((await site.send(request)).status).toBe(401);
    };
    await expectNoTell({ there: attempt(0, known), missing: attempt(1, aName('u')) }, few);
  });

  /** Somebody with a password, whom nobody has signed in as. */
  async function somebody(): Promise<string> {
    return (await createUser(site.database, { passwordHash: await new PasswordHasher().hash(PASSWORD) })).username;
  }
});

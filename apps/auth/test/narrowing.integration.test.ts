import type { Grant } from '@stowage/contracts';
import type { UserRecord } from '@stowage/metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAccessToken, addNamespace, addRepository, addUser, PASSWORD, sql } from './support/people.js';
import { basic, bodyOf, type RunningService, startService, type TokenBody } from './support/running-service.js';

let running: RunningService;
let owner: UserRecord;
let reader: UserRecord;

beforeAll(async () => {
  running = await startService();
  const { database } = running;
  owner = await addUser(database, 'owner');
  reader = await addUser(database, 'reader');
  for (const name of ['developer', 'maintainer', 'outsider']) await addUser(database, name);
  const members = { reader: 'reader', developer: 'developer', maintainer: 'maintainer' } as const;
  await addNamespace(database, 'acme', { owner, members });
  for (const visibility of ['private', 'internal', 'public'] as const) {
    await addRepository(database, `acme/${visibility}`, visibility);
  }
});
afterAll(() => running.stop());

const headersOf = (who: string) => (who === 'anonymous' ? {} : basic(who, PASSWORD));

/** `name:actions` of what was granted of every action on the repository. */
async function grantedTo(headers: Record<string, string>, ...names: string[]): Promise<string[]> {
  const scopes = names.map((name): [string, string] => ['scope', `repository:${name}:delete,push,pull`]);
  const response = await running.get(scopes, headers);
  expect(response.status).toBe(200);
  return (await running.claimsOf(response)).access.map(({ name, actions }) => `${name}:${actions.join(',')}`);
}

describe('narrowing', () => {
  const everything = 'pull,push,delete';
  it.each([
    ['owner', { private: everything, internal: everything, public: everything, missing: everything }],
    ['maintainer', { private: everything, internal: everything, public: everything, missing: everything }],
    ['developer', { private: 'pull,push', internal: 'pull,push', public: 'pull,push', missing: 'pull,push' }],
    ['reader', { private: 'pull', internal: 'pull', public: 'pull', missing: 'pull' }],
    ['outsider', { internal: 'pull', public: 'pull' }],
    ['anonymous', { public: 'pull' }],
  ])('gives the %s what the role and the visibility allow', async (who, expected) => {
    const names = ['private', 'internal', 'public', 'missing'];
    const granted = await grantedTo(headersOf(who), ...names.map((name) => `acme/${name}`));
    expect(granted).toEqual(Object.entries(expected).map(([name, actions]) => `acme/${name}:${actions}`));
  });

  it('gives nobody anything in a namespace that does not exist', async () => {
    for (const who of ['owner', 'anonymous']) expect(await grantedTo(headersOf(who), 'nowhere/app')).toEqual([]);
  });

  it('gives everybody everything in the namespace of their own and nothing in that of others', async () => {
    expect(await grantedTo(headersOf('outsider'), 'outsider/app', 'owner/app')).toEqual([
      'outsider/app:pull,push,delete',
    ]);
  });

  it('gives the catalog to those who have signed in', async () => {
    const scope: [string, string][] = [['scope', 'registry:catalog:*']];
    const { access } = await running.claimsOf(await running.get(scope, headersOf('outsider')));
    expect(access).toEqual([{ type: 'registry', name: 'catalog', actions: ['*'] }]);
    expect((await running.claimsOf(await running.get(scope))).access).toEqual([]);
  });

  it('follows the rows at once', async () => {
    await addRepository(running.database, 'acme/changing', 'public');
    expect(await grantedTo({}, 'acme/changing')).toEqual(['acme/changing:pull']);
    await sql(running.database, `UPDATE repository SET visibility = 'private' WHERE name = 'acme/changing'`);
    expect(await grantedTo({}, 'acme/changing')).toEqual([]);
  });
});

describe('a private repository', () => {
  const withoutTokenAndTime = ({ token, access_token, issued_at, ...rest }: TokenBody) => ({
    rest,
    sizes: [token.length, access_token.length, issued_at.length],
  });

  it.each(['anonymous', 'outsider'])('is as missing for %s: the same answer to GET', async (who) => {
    const answer = async (name: string) => {
      const response = await running.get([['scope', `repository:${name}:pull,push`]], headersOf(who));
      const { headers, status } = response.clone();
      const { access } = await running.claimsOf(response.clone());
      const body = withoutTokenAndTime(await bodyOf(response));
      return { status, access, body, headers: [...headers.keys()], length: headers.get('content-length') };
    };
    const unseen = await answer('acme/private');
    expect(unseen.access).toEqual([]);
    expect(await answer('acme/missing')).toEqual(unseen);
    expect(await answer('nowhere/app')).toEqual(unseen);
  });

  it('is as missing for an outsider: the same answer to POST', async () => {
    const answer = async (name: string) => {
      const form = { grant_type: 'password', username: 'outsider', password: PASSWORD };
      const response = await running.post({ ...form, scope: `repository:${name}:pull,push` });
      return { status: response.status, body: withoutTokenAndTime(await bodyOf(response)) };
    };
    const unseen = await answer('acme/private');
    expect(unseen.body.rest.scope).toBe('');
    expect(await answer('acme/missing')).toEqual(unseen);
  });
});

describe('the grants of an access token', () => {
  const asOwner = async (grants: Grant[] | null) =>
    basic('owner', (await addAccessToken(running.database, owner, grants)).secret);
  const names = ['acme/private', 'acme/internal', 'acme/public', 'acme/team/app'];

  it.each<[string, Grant[] | null, string[]]>([
    ['none: all that the owner may', null, names.map((name) => `${name}:pull,push,delete`)],
    ['an empty list: what everybody may', [], ['acme/public:pull']],
    [
      'pull on one repository',
      [{ repository: 'acme/private', actions: ['pull'] }],
      ['acme/private:pull', 'acme/public:pull'],
    ],
    [
      'push on the namespace, which is not pull',
      [{ repository: 'acme/*', actions: ['push'] }],
      ['acme/private:push', 'acme/internal:push', 'acme/public:pull,push', 'acme/team/app:push'],
    ],
    ['a prefix', [{ repository: 'acme/team/*', actions: ['delete'] }], ['acme/public:pull', 'acme/team/app:delete']],
    ['another namespace', [{ repository: 'acm/*', actions: ['pull', 'push'] }], ['acme/public:pull']],
    ['the API alone', [{ repository: 'acme/*', actions: ['api'] }], ['acme/public:pull']],
  ])('limit it: %s', async (_, grants, expected) => {
    expect(await grantedTo(await asOwner(grants), ...names)).toEqual(expected);
  });

  it('never widen what their owner may', async () => {
    const grants: Grant[] = [{ repository: 'acme/*', actions: ['pull', 'push', 'delete', 'api'] }];
    const { secret } = await addAccessToken(running.database, reader, grants);
    expect(await grantedTo(basic('reader', secret), 'acme/private')).toEqual(['acme/private:pull']);
  });

  it('leave out the catalog, which would name the other repositories', async () => {
    const scope: [string, string][] = [['scope', 'registry:catalog:*']];
    const limited = await asOwner([{ repository: 'acme/*', actions: ['pull'] }]);
    expect((await running.claimsOf(await running.get(scope, limited))).access).toEqual([]);
    expect((await running.claimsOf(await running.get(scope, await asOwner(null)))).access).toHaveLength(1);
  });
});

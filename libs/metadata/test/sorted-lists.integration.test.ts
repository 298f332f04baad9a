import { beforeAll, describe, expect, it } from 'vitest';
import { RepositoryListings, type RepositorySort } from '../src/browsing/repository-listing.js';
import type { Positioned, SortedPage } from '../src/browsing/sorted-page.js';
import { AccessTokenStore } from '../src/identity/access-token-store.js';
import { MemberStore } from '../src/tenancy/member-store.js';
import { RobotStore } from '../src/tenancy/robot-store.js';
import { addMember, createRepository, createRobot, createTenant, type Tenant } from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();

/** Everything, page by page, as somebody asks for it who goes on after the last row. */
async function walk<Sort extends string, Row extends Positioned>(
  list: (page: SortedPage<Sort>) => Promise<Row[]>,
  order: SortedPage<Sort>['order'],
  limit: number,
): Promise<Row[]> {
  const found: Row[] = [];
  for (let after: SortedPage<Sort>['after'] = null; ; ) {
    const page = await list({ ...(order ? { order } : {}), after, limit });
    found.push(...page);
    const last = page.at(-1);
    if (!last || found.length > 100) return found;
    after = last.position;
  }
}

describe('repositories of a namespace', () => {
  let tenant: Tenant;
  // Of those pushed at the same moment, and those never pushed, the name decides.
  const PUSHED: Readonly<Record<string, string | null>> = {
    'a/b': null,
    ab: '2026-01-02T00:00:00.000001Z',
    b: '2026-01-02T00:00:00.000001Z',
    c: '2026-01-01T00:00:00Z',
    d: null,
    e: '2026-01-02T00:00:00.000002Z',
  };
  beforeAll(async () => {
    tenant = await createTenant(opened.database);
    for (const [path, at] of Object.entries(PUSHED)) {
      const { id } = await createRepository(opened.database, `${tenant.namespace.name}/${path}`);
      await opened.database.run(
        (db) => db.$executeRaw`UPDATE repository SET last_pushed_at = ${at}::text::timestamptz WHERE id = ${id}::uuid`,
      );
    }
  });
  const list = (page: SortedPage<RepositorySort>) =>
    new RepositoryListings(opened.database).list(tenant.owner.id, { namespace: tenant.namespace.name, ...page });
  const byName = Object.keys(PUSHED).toSorted();
  const byTime = ['a/b', 'd', 'c', 'ab', 'b', 'e'];

  it.each<[RepositorySort, string[]]>([
    ['name', byName],
    ['lastPushedAt', byTime],
  ])('come by %s, either way, each once, whatever the size of a page (X1)', async (by, expected) => {
    for (const limit of [1, 2, 3, 50]) {
      const paths = async (descending: boolean) =>
        (await walk(list, { by, descending }, limit)).map(({ path }) => path);
      expect(await paths(false)).toEqual(expected);
      expect(await paths(true)).toEqual(expected.toReversed());
    }
  });

  it.each([
    ['B', ['a/b', 'ab', 'b']],
    ['%', []],
    ['_', []],
    ['a/', ['a/b']],
  ])('are those that contain %j, letter for letter and in any case', async (search, expected) => {
    expect((await list({ search, limit: 50 })).map(({ path }) => path)).toEqual(expected);
  });
});

describe('other lists', () => {
  it('of members by name and by when they came (X1)', async () => {
    const tenant = await createTenant(opened.database);
    const others = [];
    for (let at = 0; at < 3; at += 1) others.push(await addMember(opened.database, tenant, 'reader'));
    const came = [tenant.owner, ...others].map(({ username }) => username);
    const list = (page: SortedPage<'username' | 'addedAt'>) =>
      new MemberStore(opened.database).list(tenant.namespace.id, page);
    const names = async (order: SortedPage<'username' | 'addedAt'>['order']) =>
      (await walk(list, order, 1)).map(({ username }) => username);
    expect(await names(undefined)).toEqual(came.toSorted());
    expect(await names({ by: 'username', descending: true })).toEqual(came.toSorted().toReversed());
    expect(await names({ by: 'addedAt', descending: false })).toEqual(came);
    expect(await names({ by: 'addedAt', descending: true })).toEqual(came.toReversed());
    const search = came[1]!.toUpperCase();
    expect(await list({ search, limit: 9 })).toMatchObject([{ username: came[1] }]);
  });

  it('of robots by name and by their last use (X1)', async () => {
    const tenant = await createTenant(opened.database);
    const times: [string, string | null][] = [
      ['ci', '2026-01-02T00:00:00Z'],
      ['deploy', null],
      ['scan', '2026-01-01T00:00:00Z'],
    ];
    for (const [name, at] of times) {
      await createRobot(opened.database, tenant, { name });
      await opened.database.run(
        (db) => db.$executeRaw`
          UPDATE robot SET last_used_at = ${at}::text::timestamptz, description = ${`The ${name} machine`}
          WHERE namespace_id = ${tenant.namespace.id}::uuid AND name = ${name}`,
      );
    }
    const list = (page: SortedPage<'name' | 'lastUsedAt'>) =>
      new RobotStore(opened.database).list(tenant.namespace.id, page);
    const names = async (order: SortedPage<'name' | 'lastUsedAt'>['order']) =>
      (await walk(list, order, 1)).map(({ name }) => name);
    expect(await names({ by: 'name', descending: true })).toEqual(['scan', 'deploy', 'ci']);
    expect(await names({ by: 'lastUsedAt', descending: false })).toEqual(['deploy', 'scan', 'ci']);
    expect(await names({ by: 'lastUsedAt', descending: true })).toEqual(['ci', 'scan', 'deploy']);
    expect(await list({ search: 'the SCAN', limit: 9 })).toMatchObject([{ name: 'scan' }]);
  });

  it('of access tokens by name, age and last use; two may have one name (X1)', async () => {
    const tenant = await createTenant(opened.database);
    const store = new AccessTokenStore(opened.database);
    const made = [];
    for (const name of ['ci', 'Ci', 'ci', 'laptop']) {
      const token = { userId: tenant.owner.id, name, hash: crypto.getRandomValues(Buffer.alloc(32)), hint: 'x' };
      made.push(await store.create({ ...token, grants: null, expiresInDays: 1, actor: tenant.actor }));
    }
    await store.touch(made[1]!.id, '192.0.2.1');
    const list = (page: SortedPage<'name' | 'createdAt' | 'lastUsedAt'>) => store.list(tenant.owner.id, page);
    const ids = made.map(({ id }) => id);
    const order = async (by: 'name' | 'createdAt' | 'lastUsedAt', descending: boolean) =>
      (await walk(list, { by, descending }, 1)).map(({ id }) => id);
    expect((await walk(list, undefined, 1)).map(({ id }) => id)).toEqual(ids.toReversed());
    expect(await order('createdAt', false)).toEqual(ids);
    expect((await order('lastUsedAt', true))[0]).toBe(ids[1]);
    expect((await order('lastUsedAt', false)).at(-1)).toBe(ids[1]);
    const [first, ...rest] = await order('name', false);
    expect([first, rest.slice(0, 2).toSorted(), rest[2]]).toEqual([ids[1], [ids[0], ids[2]].toSorted(), ids[3]]);
    expect((await list({ search: 'CI', limit: 9 })).map(({ id }) => id)).toEqual([ids[2], ids[1], ids[0]]);
  });
});

import { parseRepositoryName, type NamespaceName } from '@stowage/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import { RepositoryListings } from '../src/browsing/repository-listing.js';
import { MemberStore } from '../src/tenancy/member-store.js';
import { NamespaceStore } from '../src/tenancy/namespace-store.js';
import { StandingStore } from '../src/tenancy/standing-store.js';
import { actorOf, addMember, createRepository, createTenant, createUser, type Tenant } from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const members = () => new MemberStore(opened.database);
const target = ({ namespace }: Tenant, user: { id: string; username: string }) => ({
  namespace,
  username: user.username,
  actor: actorOf(user),
});
const disable = (id: string) =>
  opened.database.run((db) => db.user.update({ where: { id }, data: { disabledAt: new Date() } }));

describe('members', () => {
  it('are added, changed and removed, with an audit row each (I14)', async () => {
    const tenant = await createTenant(opened.database);
    const user = await createUser(opened.database);
    expect(await members().put(target(tenant, user), 'reader')).toBe('changed');
    expect(await members().put(target(tenant, user), 'maintainer')).toBe('changed');
    expect(
      (await members().list(tenant.namespace.id, { limit: 10 })).find(({ username }) => username === user.username)
        ?.role,
    ).toBe('maintainer');
    expect(await members().remove(target(tenant, user))).toBe('changed');
    expect(await members().remove(target(tenant, user))).toBe('unknown member');
    expect(await members().put({ ...target(tenant, user), username: 'nobody-here' }, 'reader')).toBe('unknown user');
    const audit = await opened.database.run((db) =>
      db.auditEvent.findMany({ where: { namespaceId: tenant.namespace.id, action: { startsWith: 'member' } } }),
    );
    expect(audit.map(({ action }) => action)).toEqual(['member.put', 'member.put', 'member.delete']);
  });

  it('keep their last owner, who can neither leave nor step down (4.14)', async () => {
    const tenant = await createTenant(opened.database);
    await addMember(opened.database, tenant, 'maintainer');
    expect(await members().remove(target(tenant, tenant.owner))).toBe('last owner');
    expect(await members().put(target(tenant, tenant.owner), 'reader')).toBe('last owner');
    expect(await members().put(target(tenant, tenant.owner), 'owner')).toBe('changed');
  });
});

describe('NamespaceStore.findVisible', () => {
  it.each([
    { has: 'nothing', visibility: undefined, outsider: false, anonymous: false },
    { has: 'a private repository', visibility: 'private' as const, outsider: false, anonymous: false },
    { has: 'an internal repository', visibility: 'internal' as const, outsider: true, anonymous: false },
    { has: 'a public repository', visibility: 'public' as const, outsider: true, anonymous: true },
  ])('a namespace that has $has', async ({ visibility, outsider, anonymous }) => {
    const tenant = await createTenant(opened.database);
    if (visibility) await createRepository(opened.database, `${tenant.namespace.name}/app`, { visibility });
    const stranger = await createUser(opened.database);
    const reader = await addMember(opened.database, tenant, 'reader');
    const see = async (userId: string | null) =>
      (await new NamespaceStore(opened.database).findVisible(tenant.namespace.name, userId)) !== undefined;
    expect({ reader: await see(reader.id), outsider: await see(stranger.id), anonymous: await see(null) }).toEqual({
      reader: true,
      outsider,
      anonymous,
    });
  });

  it('counts for an outsider what the outsider may see, and no members', async () => {
    const tenant = await createTenant(opened.database);
    await createRepository(opened.database, `${tenant.namespace.name}/pub`, { visibility: 'public' });
    await createRepository(opened.database, `${tenant.namespace.name}/priv`);
    const store = new NamespaceStore(opened.database);
    expect(await store.findVisible(tenant.namespace.name, null)).toMatchObject({
      role: null,
      repositoryCount: 1,
      memberCount: 0,
    });
    expect(await store.findVisible(tenant.namespace.name, tenant.owner.id)).toMatchObject({
      role: 'owner',
      repositoryCount: 2,
      memberCount: 1,
    });
  });
});

describe('StandingStore', () => {
  let tenant: Tenant;
  const list = async (names: string[], userId: string | null) =>
    new StandingStore(opened.database).list(
      names.map(parseRepositoryName),
      userId === null ? null : { kind: 'user', id: userId },
    );

  beforeAll(async () => {
    tenant = await createTenant(opened.database);
    await createRepository(opened.database, `${tenant.namespace.name}/pub`, { visibility: 'public' });
  });

  it('gives a row for each name, also for those that do not exist', async () => {
    const { name } = tenant.namespace;
    const reader = await addMember(opened.database, tenant, 'reader');
    expect(await list([`${name}/pub`, `${name}/none`, 'no-such-namespace/app'], reader.id)).toEqual([
      {
        asked: `${name}/pub`,
        name: `${name}/pub`,
        exists: true,
        visibility: 'public',
        role: 'reader',
        grants: [],
        readOnly: null,
      },
      {
        asked: `${name}/none`,
        name: `${name}/none`,
        exists: false,
        visibility: null,
        role: 'reader',
        grants: [],
        readOnly: null,
      },
      {
        asked: 'no-such-namespace/app',
        name: 'no-such-namespace/app',
        exists: false,
        visibility: null,
        role: null,
        grants: [],
        readOnly: null,
      },
    ]);
  });

  it('gives an outsider, a nobody and a disabled member no role', async () => {
    const name = `${tenant.namespace.name}/pub`;
    const member = await addMember(opened.database, tenant, 'owner');
    const roleFor = async (userId: string | null) => (await list([name], userId))[0]?.role;
    expect(await roleFor(member.id)).toBe('owner');
    await disable(member.id);
    expect(await roleFor(member.id)).toBeNull();
    expect(await roleFor((await createUser(opened.database)).id)).toBeNull();
    expect(await roleFor(null)).toBeNull();
  });

  it('follows a change of role at once (CVE-2025-23208)', async () => {
    const member = await addMember(opened.database, tenant, 'developer');
    await members().put(target(tenant, member), 'reader');
    expect((await list([`${tenant.namespace.name}/pub`], member.id))[0]?.role).toBe('reader');
    await members().remove(target(tenant, member));
    expect((await list([`${tenant.namespace.name}/pub`], member.id))[0]?.role).toBeNull();
  });
});

describe('names that look like patterns (CVE-2026-110697)', () => {
  const NAMES = ['a_b', 'axb', 'a-b', 'a.b', 'a_'].map((name) => `${name}zz`);
  const tenants = new Map<string, Tenant>();

  beforeAll(async () => {
    for (const name of NAMES) {
      const tenant = await createTenant(opened.database, { name });
      tenants.set(name, tenant);
      await createRepository(opened.database, `${name}/app`);
    }
  });

  it.each(NAMES)("%s lists its own rows and nobody else's", async (name) => {
    const { owner, namespace } = tenants.get(name)!;
    const listings = new RepositoryListings(opened.database);
    const everyone = [...tenants.values()].map((tenant) => tenant.owner.id);
    const seen = await Promise.all(everyone.map((id) => listings.list(id, { namespace: name, limit: 100 })));
    expect(seen.flat().map((row) => row.name)).toEqual([`${name}/app`]);
    expect((await members().list(namespace.id, { limit: 100 })).map(({ username }) => username)).toEqual([
      owner.username,
    ]);
    const own = await new NamespaceStore(opened.database).listOfMember(owner.id, { last: '', limit: 100 });
    expect(own.map((row) => row.name as string).toSorted()).toEqual([name, owner.username].toSorted());
  });

  it.each(['a%', '%', '_', 'a_%', '____', "a' OR '1'='1"])('%j finds nothing', async (name) => {
    const { owner } = tenants.get('a_bzz')!;
    expect(await new NamespaceStore(opened.database).findVisible(name as NamespaceName, owner.id)).toBeUndefined();
    expect(await new RepositoryListings(opened.database).list(owner.id, { namespace: name, limit: 10 })).toEqual([]);
  });
});

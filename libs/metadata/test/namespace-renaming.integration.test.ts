import { type NamespaceName, parseRepositoryName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { RepositoryListings } from '../src/browsing/repository-listing.js';
import { AccessTokenStore } from '../src/identity/access-token-store.js';
import { BlobStore } from '../src/registry/blob-store.js';
import { ManifestStore } from '../src/registry/manifest-store.js';
import { RepositoryStore } from '../src/registry/repository-store.js';
import { NamespaceNameTakenError } from '../src/tenancy/namespace-names.js';
import { NamespaceRenaming } from '../src/tenancy/namespace-renaming.js';
import { NamespaceStore } from '../src/tenancy/namespace-store.js';
import { StandingStore } from '../src/tenancy/standing-store.js';
import {
  aName,
  anImage,
  createRepository,
  createTenant,
  createUser,
  pushImageRows,
  type Tenant,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const renaming = () => new NamespaceRenaming(opened.database);
const rename = async ({ namespace, actor }: Tenant, name: NamespaceName) => {
  expect(await renaming().rename(namespace, name, actor)).toBe('renamed');
  return { id: namespace.id, name };
};
const named = (namespace: string, path: string) => parseRepositoryName(`${namespace}/${path}`);

describe('a namespace that was renamed', () => {
  it('is found by both names, with all that is in it (T9)', async () => {
    const tenant = await createTenant(opened.database);
    const old = tenant.namespace.name;
    const image = anImage();
    const repository = await createRepository(opened.database, `${old}/team/app`);
    await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
    const present = (await rename(tenant, aName('new'))).name;
    const tag = { kind: 'tag', tag: 'v1' } as never;
    const listings = new RepositoryListings(opened.database);
    const blobs = new BlobStore(opened.database, { seconds: 60 });
    for (const name of [old, present]) {
      const full = named(name, 'team/app');
      expect(await new RepositoryStore(opened.database).find(full)).toMatchObject({ name: `${present}/team/app` });
      expect(await new ManifestStore(opened.database).find(full, tag)).toMatchObject({ digest: image.digest });
      expect(await blobs.findInRepository(full, image.blobs[0]!.digest)).toBeDefined();
      expect(await listings.identify(tenant.owner.id, full)).toMatchObject({ namespace: present });
      expect(await listings.list(tenant.owner.id, { namespace: name, limit: 5 })).toHaveLength(1);
      expect(await new NamespaceStore(opened.database).findVisible(name, tenant.owner.id)).toMatchObject({
        name: present,
      });
    }
  });

  it('is decided about by its present name, and answered for by the name that was asked for', async () => {
    const tenant = await createTenant(opened.database);
    const old = tenant.namespace.name;
    await createRepository(opened.database, `${old}/app`);
    const present = (await rename(tenant, aName('new'))).name;
    const standings = await new StandingStore(opened.database).list([named(old, 'app'), named(old, 'not-yet')], {
      kind: 'user',
      id: tenant.owner.id,
    });
    expect(standings).toMatchObject([
      { asked: `${old}/app`, name: `${present}/app`, exists: true, role: 'owner' },
      { asked: `${old}/not-yet`, name: `${present}/not-yet`, exists: false, role: 'owner' },
    ]);
  });

  it('gets what is pushed by the old name', async () => {
    const tenant = await createTenant(opened.database);
    const old = tenant.namespace.name;
    const present = (await rename(tenant, aName('new'))).name;
    const pushed = await new RepositoryStore(opened.database).findOrCreate(named(old, 'app'), tenant.actor);
    expect(pushed).toMatchObject({ name: `${present}/app`, namespaceId: tenant.namespace.id });
  });

  it('takes the limits of access tokens along, and leaves those of others', async () => {
    const tenant = await createTenant(opened.database);
    const { name } = tenant.namespace;
    const limits = [`${name}/*`, `${name}/team/app`, `${name}x/app`, 'other/app'];
    const token = await new AccessTokenStore(opened.database).create({
      userId: tenant.owner.id,
      name: 'ci',
      hash: crypto.getRandomValues(Buffer.alloc(32)),
      hint: 'x',
      grants: limits.map((repository) => ({ repository, actions: ['pull'] })),
      expiresInDays: 1,
      actor: tenant.actor,
    });
    const present = (await rename(tenant, aName('new'))).name;
    const after = await new AccessTokenStore(opened.database).findLimits(token.id);
    expect(after?.grants?.map(({ repository }) => repository)).toEqual([
      `${present}/*`,
      `${present}/team/app`,
      `${name}x/app`,
      'other/app',
    ]);
  });

  it('keeps its old name from others, may have it back, and gives it up for nobody (T13)', async () => {
    const tenant = await createTenant(opened.database);
    const old = tenant.namespace.name;
    const other = await createTenant(opened.database);
    const present = await rename(tenant, aName('new'));
    await expect(renaming().rename(other.namespace, old, other.actor)).rejects.toThrow(NamespaceNameTakenError);
    await expect(createUser(opened.database, { username: old })).rejects.toMatchObject({ heldUntil: null });
    expect(await renaming().aliases(tenant.namespace.id)).toEqual([{ name: old, kind: 'namespace' }]);
    await rename(tenant, old);
    expect(await renaming().aliases(tenant.namespace.id)).toEqual([{ name: present.name, kind: 'namespace' }]);
    const back = { id: tenant.namespace.id, name: old };
    expect(await renaming().giveUp(back, old, tenant.actor)).toBe(false);
    expect(await renaming().giveUp(other.namespace, present.name, other.actor)).toBe(false);
    expect(await renaming().giveUp(back, present.name, tenant.actor)).toBe(true);
    expect(await new NamespaceStore(opened.database).findVisible(present.name, tenant.owner.id)).toBeUndefined();
    await expect(renaming().rename(other.namespace, present.name, other.actor)).rejects.toMatchObject({
      heldUntil: expect.any(Date) as Date,
    });
  });

  it('collects five old names at most', async () => {
    const tenant = await createTenant(opened.database);
    for (let at = 0; at < 5; at += 1) await rename(tenant, aName('more'));
    expect(await renaming().rename(tenant.namespace, aName('more'), tenant.actor)).toBe('too many old names');
    // One of its own is no further name.
    expect(await renaming().rename(tenant.namespace, tenant.namespace.name, tenant.actor)).toBe('renamed');
  });

  it('names every repository after itself, also one that is made at that moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const tenant = await createTenant(opened.database);
      const store = new RepositoryStore(opened.database);
      const present = aName('new');
      const made = Array.from({ length: 6 }, (_, at) =>
        store.findOrCreate(named(tenant.namespace.name, `r${at}`), tenant.actor),
      );
      await Promise.all([...made.slice(0, 3), renaming().rename(tenant.namespace, present, tenant.actor), ...made]);
      const rows = await opened.database.run((db) =>
        db.repository.findMany({ where: { namespaceId: tenant.namespace.id } }),
      );
      expect(rows.map(({ name }) => name).toSorted()).toEqual([0, 1, 2, 3, 4, 5].map((at) => `${present}/r${at}`));
    }
  });

  it('is not a personal one: that is called as its person is', async () => {
    const user = await createUser(opened.database);
    const { id } = await opened.database.run((db) =>
      db.namespace.findUniqueOrThrow({ where: { name: user.username } }),
    );
    const actor = (await createTenant(opened.database)).actor;
    expect(await renaming().rename({ id, name: user.username }, aName(), actor)).toBe('personal');
  });
});

describe('the question for a present name', () => {
  it('costs one look into the index of names, and none at old ones', async () => {
    const tenant = await createTenant(opened.database);
    await createRepository(opened.database, `${tenant.namespace.name}/app`);
    const { namedRepository } = await import('../src/tenancy/name-sql.js');
    const plan = await opened.database.run((db) =>
      db.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(
        `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF)
         SELECT 1 FROM tag WHERE repository_id = ${namedRepository(`'${tenant.namespace.name}/app'::text`)} AND name = 'v1'`,
      ),
    );
    const lines = plan.map((row) => row['QUERY PLAN']);
    const old = lines.slice(lines.findIndex((line) => /namespace_name/.test(line)));
    expect(old.length).toBeGreaterThan(0);
    expect(old.filter((line) => /Scan/.test(line)).every((line) => line.includes('never executed'))).toBe(true);
  });
});

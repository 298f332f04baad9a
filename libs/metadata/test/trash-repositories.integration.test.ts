import { parseRepositoryName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { RepositoryListings } from '../src/browsing/repository-listing.js';
import { CatalogStore } from '../src/registry/catalog-store.js';
import { RepositoryGoneError, RepositoryStore } from '../src/registry/repository-store.js';
import { TagStore } from '../src/registry/tag-store.js';
import { NamespaceNameTakenError } from '../src/tenancy/namespace-names.js';
import { NamespaceStore } from '../src/tenancy/namespace-store.js';
import {
  anImage,
  anIndex,
  chargedTo,
  createRepository,
  createTenant,
  NO_TRASH,
  pushImageRows,
  pushRows,
  storeBlob,
  userRef,
} from '../src/testing/index.js';
import { TrashListings } from '../src/trash/trash-listing.js';
import { openTrash } from './open-trash.js';

const { opened, tenant, deletions, newRepository, purge, restore, find, expectNoDrift } = openTrash();

describe('a repository in the trash', () => {
  it('is found by nobody, leaves its name, and comes back when that is free', async () => {
    const repository = await newRepository();
    const image = anImage();
    await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
    await opened.database.run((db) =>
      db.repository.update({ where: { id: repository.id }, data: { visibility: 'public' } }),
    );
    const entryId = await deletions().repository({ repository, actor: tenant().actor });
    const store = new RepositoryStore(opened.database);
    expect(await store.find(repository.name)).toBeUndefined();
    expect(await find(repository.name, 'v1')).toBeUndefined();
    const catalog = await new CatalogStore(opened.database).list(userRef(tenant().owner), { last: '', limit: 1000 });
    expect(catalog.filter((name) => name === repository.name || name.startsWith('~'))).toEqual([]);
    const page = { namespace: tenant().namespace.name, limit: 1000 };
    const pageOf = async () =>
      (await new RepositoryListings(opened.database).list(tenant().owner.id, page)).map((r) => r.id);
    expect(await pageOf()).not.toContain(repository.id);
    await expectNoDrift();

    const namesake = await createRepository(opened.database, repository.name);
    expect(namesake.id).not.toBe(repository.id);
    expect(await restore(entryId)).toMatchObject({ kind: 'refused', obstacle: { kind: 'taken' } });
    const second = await deletions().repository({ repository: namesake, actor: tenant().actor });
    expect(await restore(entryId)).toMatchObject({ kind: 'restored', target: repository.name });
    expect((await find(repository.name, 'v1'))?.digest).toBe(image.digest);
    expect(await restore(second)).toMatchObject({ kind: 'refused' });
  });

  it('ends uploads and pushes that are at work, and gives back what they had reserved (R15)', async () => {
    const repository = await newRepository();
    const image = anImage();
    for (const blob of image.blobs) await storeBlob(opened.database, repository, blob);
    await deletions().repository({ repository, actor: tenant().actor });
    await expect(pushRows(opened.database, repository, image, { tags: ['v1'] })).rejects.toThrow(RepositoryGoneError);
    await expect(storeBlob(opened.database, repository, image.blobs[0]!)).rejects.toThrow(RepositoryGoneError);
    await expectNoDrift();
  });

  it('is purged with everything it holds; its namesake sees nothing of it (R15, I10)', async () => {
    const own = await createTenant(opened.database);
    const repository = await createRepository(opened.database, `${own.namespace.name}/app`);
    const index = anIndex([anImage(), anImage()]);
    const children = [anImage(), anImage()];
    for (const child of children) await pushImageRows(opened.database, repository, child);
    await pushRows(opened.database, repository, anIndex(children), { tags: ['v1'] });
    expect(index).toBeDefined();
    const entryId = await deletions().repository({ repository, actor: own.actor });
    expect(await purge().purge(entryId, { now: true, actor: own.actor })).toBe('purged');
    expect(await chargedTo(opened.database, own.namespace.id)).toEqual({ used: 0, reserved: 0 });
    const namesake = await createRepository(opened.database, repository.name);
    expect(await new TagStore(opened.database).list(namesake.name, { last: '', limit: 10 })).toEqual([]);
    expect(await opened.database.run((db) => db.tagEvent.count({ where: { repositoryId: repository.id } }))).toBe(0);
  });
});

describe('a namespace in the trash', () => {
  it('takes its repositories and its names along, and brings back what went with it', async () => {
    const own = await createTenant(opened.database);
    const { namespace, owner, actor } = own;
    const [kept, deleted] = [
      await createRepository(opened.database, `${namespace.name}/kept`),
      await createRepository(opened.database, `${namespace.name}/deleted`),
    ];
    const image = anImage();
    await pushImageRows(opened.database, kept, image, { tags: ['v1'] });
    await deletions().repository({ repository: deleted, actor });
    const outcome = await deletions().namespace({ namespace, actor });
    if (outcome.kind !== 'deleted') throw new Error(outcome.kind);
    const store = new NamespaceStore(opened.database);
    expect(await store.findVisible(namespace.name, owner.id)).toBeUndefined();
    expect((await store.listOfMember(owner.id, { last: '', limit: 10 })).map(({ name }) => name)).not.toContain(
      namespace.name,
    );
    expect(await find(kept.name, 'v1')).toBeUndefined();
    expect(
      await new RepositoryStore(opened.database).findOrCreate(parseRepositoryName(`${namespace.name}/new`), actor),
    ).toBeUndefined();
    const again = { name: namespace.name, displayName: 'x', kind: 'organization' as const, limitBytes: 1 };
    await expect(store.create({ ...again, ownerId: owner.id, actor })).rejects.toThrow(NamespaceNameTakenError);
    const listings = new TrashListings(opened.database);
    expect((await listings.listNamespaces(owner.id)).map(({ name }) => name)).toEqual([namespace.name]);
    expect(await listings.listNamespaces(tenant().owner.id)).toEqual([]);

    expect(await restore(outcome.entryId)).toMatchObject({ kind: 'restored', target: namespace.name });
    expect((await find(kept.name, 'v1'))?.digest).toBe(image.digest);
    expect(await new RepositoryStore(opened.database).find(deleted.name)).toBeUndefined();
  });

  it('is purged in steps; its name is nobody’s afterwards (R15)', async () => {
    const own = await createTenant(opened.database);
    for (const path of ['a', 'b', 'c'])
      await pushImageRows(
        opened.database,
        await createRepository(opened.database, `${own.namespace.name}/${path}`),
        anImage(),
        {
          tags: ['v1'],
        },
      );
    const outcome = await deletions(NO_TRASH).namespace({ namespace: own.namespace, actor: own.actor });
    if (outcome.kind !== 'deleted') throw new Error(outcome.kind);
    expect(await purge().purge(outcome.entryId)).toBe('purged');
    const { id, name } = own.namespace;
    expect(await opened.database.run((db) => db.repository.count({ where: { namespaceId: id } }))).toBe(0);
    const held = await opened.database.run((db) => db.namespaceName.findUnique({ where: { name } }));
    expect(held!.heldUntil!.getTime()).toBeGreaterThan(Date.now() + 89 * 86_400_000);
  });

  it('is not a person’s own', async () => {
    const id = await opened.database.run((db) => db.namespace.findFirst({ where: { name: tenant().owner.username } }));
    expect(await deletions().namespace({ namespace: id!, actor: tenant().actor })).toEqual({ kind: 'personal' });
  });
});

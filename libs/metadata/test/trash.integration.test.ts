import { type Digest, parseReference, parseRepositoryName, parseTagName, type RepositoryName } from '@stowage/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import { GarbageStore } from '../src/collection/garbage-store.js';
import { RepositoryListings } from '../src/browsing/repository-listing.js';
import { CatalogStore } from '../src/registry/catalog-store.js';
import { ManifestStore } from '../src/registry/manifest-store.js';
import { ReferrerStore } from '../src/registry/referrer-store.js';
import { RepositoryGoneError, type RepositoryRecord, RepositoryStore } from '../src/registry/repository-store.js';
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
  recount,
  REVIEW_DELAY,
  storeBlob,
  type Tenant,
  TRASH,
  userRef,
} from '../src/testing/index.js';
import type { DeletionTerms } from '../src/trash/deletion-terms.js';
import { Deletions } from '../src/trash/deletions.js';
import { TrashPurge } from '../src/trash/purge.js';
import { restoreEntry } from '../src/trash/restore.js';
import { TrashListings } from '../src/trash/trash-listing.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
let tenant: Tenant;
let count = 0;

beforeAll(async () => {
  tenant = await createTenant(opened.database);
});

const newRepository = () => createRepository(opened.database, `${tenant.namespace.name}/r${(count += 1)}`);
const deletions = (terms: DeletionTerms = TRASH) => new Deletions(opened.database, terms);
const purge = () => new TrashPurge(opened.database, REVIEW_DELAY);
const restore = (id: string | null | undefined, leaveTaken = false) =>
  restoreEntry(opened.database, String(id), { actor: tenant.actor, leaveTaken });
const deleteTag = async (repository: RepositoryRecord, name: string) =>
  (await deletions().tags({ repository, tags: [{ name: parseTagName(name) }], actor: tenant.actor }))[0]?.entryId;
const deleteManifest = async (repository: RepositoryRecord, digest: Digest) => {
  const result = await deletions().manifest({ repository, digest, actor: tenant.actor });
  if (result.outcome !== 'deleted') throw new Error(result.outcome);
  return result.entryId;
};
const found = (name: RepositoryName, reference: string) =>
  new ManifestStore(opened.database).find(name, parseReference(reference));
const listed = async () =>
  (await new TrashListings(opened.database).list(tenant.namespace.id, { after: null, limit: 1000 })).map(
    ({ kind, repository, name }) => `${kind} ${repository} ${name}`,
  );
const driftless = async (namespaceId = tenant.namespace.id) =>
  expect(await chargedTo(opened.database, namespaceId)).toEqual(await recount(opened.database, namespaceId));
const reviewed = async (digest: Digest) => {
  const garbage = new GarbageStore(opened.database, REVIEW_DELAY);
  await opened.database.run(
    (db) => db.$executeRaw`
      UPDATE manifest_review SET review_after = now() - interval '1 second', review_count = 0 WHERE digest = ${digest}`,
  );
  const claim = (await garbage.claim('manifest_review', 1000)).find((each) => each.digest === digest);
  return claim && (await garbage.review('manifest_review', [claim]))[0]?.verdict;
};

describe('a tag in the trash', () => {
  it('is gone on every door, keeps its manifest, and comes back', async () => {
    const repository = await newRepository();
    const image = anImage();
    await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
    const entryId = await deleteTag(repository, 'v1');
    expect(await found(repository.name, 'v1')).toBeUndefined();
    expect(await new TagStore(opened.database).list(repository.name, { last: '', limit: 10 })).toEqual([]);
    expect(await listed()).toContain(`tag ${repository.name.split('/')[1]} v1`);
    expect(await reviewed(image.digest)).not.toBe('collected');
    expect(await restore(entryId)).toMatchObject({ kind: 'restored', target: `${repository.name}:v1` });
    expect((await found(repository.name, 'v1'))?.digest).toBe(image.digest);
    expect(await restore(entryId)).toEqual({ kind: 'gone' });
  });

  it('does not replace one that was pushed meanwhile (I10)', async () => {
    const repository = await newRepository();
    const [old, next] = [anImage(), anImage()];
    await pushImageRows(opened.database, repository, old, { tags: ['v1'] });
    const entryId = await deleteTag(repository, 'v1');
    await pushImageRows(opened.database, repository, next, { tags: ['v1'] });
    expect(await restore(entryId)).toEqual({ kind: 'refused', obstacle: { kind: 'taken', names: ['v1'] } });
    expect((await found(repository.name, 'v1'))?.digest).toBe(next.digest);
  });

  it('goes for good when its time is over: then garbage collection takes the manifest', async () => {
    const repository = await newRepository();
    const image = anImage();
    await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
    const entryId = await deleteTag(repository, 'v1');
    expect(await purge().purge(String(entryId))).toBe('gone');
    await opened.database.run(
      (db) => db.$executeRaw`UPDATE trash_entry SET purge_after = now() WHERE id = ${entryId}::uuid`,
    );
    expect(await purge().due(1000)).toContain(entryId);
    expect(await purge().purge(String(entryId))).toBe('purged');
    expect(await restore(entryId)).toEqual({ kind: 'gone' });
    expect(await reviewed(image.digest)).toBe('collected');
    await driftless();
  });

  it('purged now, it frees at once what nothing else needs, and nothing more (G11)', async () => {
    const repository = await newRepository();
    const shared = anImage();
    const [gone, kept] = [anImage({ layers: [shared.blobs[1]!] }), anImage({ layers: [shared.blobs[1]!] })];
    const before = await chargedTo(opened.database, tenant.namespace.id);
    await pushImageRows(opened.database, repository, kept, { tags: ['kept'] });
    const held = await chargedTo(opened.database, tenant.namespace.id);
    await pushImageRows(opened.database, repository, gone, { tags: ['gone'] });
    const entryId = await deleteTag(repository, 'gone');
    expect((await chargedTo(opened.database, tenant.namespace.id)).used).toBeGreaterThan(held.used);
    expect(await purge().purge(String(entryId), { now: true, actor: tenant.actor })).toBe('purged');
    expect(await chargedTo(opened.database, tenant.namespace.id)).toEqual(held);
    expect(held.used).toBeGreaterThan(before.used);
    expect(await found(repository.name, gone.digest)).toBeUndefined();
    expect(await found(repository.name, kept.digest)).toBeDefined();
    await driftless();
  });

  it('is skipped when it is another digest, or was pushed again, since somebody decided (R4)', async () => {
    const repository = await newRepository();
    const [seen, other] = [anImage(), anImage()];
    await pushImageRows(opened.database, repository, seen, { tags: ['a', 'b'] });
    await pushImageRows(opened.database, repository, other, { tags: ['a'] });
    const decided = new Date(Date.now() - 3_600_000);
    const tags = [
      { name: parseTagName('a'), digest: seen.digest },
      { name: parseTagName('b'), digest: seen.digest, unchangedSince: decided },
    ];
    expect(await deletions().tags({ repository, tags, actor: tenant.actor })).toEqual([]);
  });
});

describe('a manifest in the trash', () => {
  it('is gone by digest, by tag, as a referrer and as a child, and comes back with its tags', async () => {
    const repository = await newRepository();
    const subject = anImage();
    const descriptor = { mediaType: subject.mediaType, digest: subject.digest, size: subject.bytes.length };
    const signature = anImage({ extra: { subject: descriptor } });
    await pushImageRows(opened.database, repository, subject, { tags: ['v1'] });
    await pushImageRows(opened.database, repository, signature, { tags: ['sig'] });
    const entryId = await deleteManifest(repository, signature.digest);
    const referrers = () =>
      new ReferrerStore(opened.database).list(repository.name, subject.digest, {
        last: '',
        limit: 10,
        artifactType: undefined,
      });
    expect(await found(repository.name, signature.digest)).toBeUndefined();
    expect(await found(repository.name, 'sig')).toBeUndefined();
    expect(await referrers()).toEqual([]);
    await expect(pushRows(opened.database, repository, anIndex([signature]))).rejects.toThrow('not in this repository');
    expect(await restore(entryId)).toMatchObject({ kind: 'restored', left: [] });
    expect((await referrers()).map(({ digest }) => digest)).toEqual([signature.digest]);
    expect((await found(repository.name, 'sig'))?.digest).toBe(signature.digest);
    await driftless();
  });

  it('is live again when it is pushed again; its other tags stay in the trash (I10)', async () => {
    const repository = await newRepository();
    const image = anImage();
    await pushImageRows(opened.database, repository, image, { tags: ['v1', 'v2'] });
    const entryId = await deleteManifest(repository, image.digest);
    await pushRows(opened.database, repository, image, { tags: ['v1'] });
    expect((await found(repository.name, 'v1'))?.digest).toBe(image.digest);
    expect(await found(repository.name, 'v2')).toBeUndefined();
    expect(await restore(entryId)).toEqual({ kind: 'gone' });
    const path = repository.name.split('/')[1];
    expect(await listed()).toEqual(expect.arrayContaining([`tag ${path} v2`, `tag ${path} v1`]));
    await driftless();
  });

  it('that is an index brings back the children that were deleted after it', async () => {
    const repository = await newRepository();
    const image = anImage();
    const index = anIndex([image]);
    await pushImageRows(opened.database, repository, image);
    await pushRows(opened.database, repository, index, { tags: ['multi'] });
    const indexEntry = await deleteManifest(repository, index.digest);
    const childEntry = await deleteManifest(repository, image.digest);
    // The child's time is over before the index's: it stays with it.
    expect(await purge().purge(String(childEntry), { now: true })).toBe('purged');
    expect(await found(repository.name, image.digest)).toBeUndefined();
    expect(await restore(indexEntry)).toMatchObject({ kind: 'restored' });
    expect(await found(repository.name, 'multi')).toBeDefined();
    expect(await found(repository.name, image.digest)).toBeDefined();
  });

  it('refuses to come back over a tag that is taken, unless that one is left', async () => {
    const repository = await newRepository();
    const [image, other] = [anImage(), anImage()];
    await pushImageRows(opened.database, repository, image, { tags: ['a', 'b'] });
    const entryId = await deleteManifest(repository, image.digest);
    await pushImageRows(opened.database, repository, other, { tags: ['a'] });
    expect(await restore(entryId)).toEqual({ kind: 'refused', obstacle: { kind: 'taken', names: ['a'] } });
    expect(await restore(entryId, true)).toMatchObject({ kind: 'restored', left: ['a'] });
    expect((await found(repository.name, 'a'))?.digest).toBe(other.digest);
    expect((await found(repository.name, 'b'))?.digest).toBe(image.digest);
  });

  it('purged now takes its bytes, its children and its referrers at once', async () => {
    const repository = await newRepository();
    const child = anImage();
    const index = anIndex([child]);
    const before = await chargedTo(opened.database, tenant.namespace.id);
    await pushImageRows(opened.database, repository, child);
    await pushRows(opened.database, repository, index, { tags: ['v1', 'v2'] });
    const subject = { mediaType: index.mediaType, digest: index.digest, size: index.bytes.length };
    await pushImageRows(opened.database, repository, anImage({ extra: { subject } }));
    await deleteTag(repository, 'v2');
    const entryId = await deleteManifest(repository, index.digest);
    expect(await purge().purge(String(entryId), { now: true })).toBe('purged');
    expect(await chargedTo(opened.database, tenant.namespace.id)).toEqual(before);
    expect(await opened.database.run((db) => db.trashEntry.count({ where: { repositoryId: repository.id } }))).toBe(0);
  });
});

describe('a moved tag', () => {
  it('keeps what it was before for as long as the move can be undone (G9)', async () => {
    const repository = await newRepository();
    const [old, next] = [anImage(), anImage()];
    await pushImageRows(opened.database, repository, old, { tags: ['latest'] });
    await pushImageRows(opened.database, repository, next, { tags: ['latest'], keptSeconds: 3600 });
    expect(await reviewed(old.digest)).toBe('kept');
    const again = await opened.database.run((db) =>
      db.manifestReview.findFirst({ where: { repositoryId: repository.id, digest: old.digest } }),
    );
    expect(again!.reviewAfter.getTime()).toBeGreaterThan(Date.now() + 1_800_000);
    await opened.database.run((db) => db.tagEvent.updateMany({ data: { keptUntil: new Date(0) } }));
    expect(await reviewed(old.digest)).toBe('collected');
  });
});

describe('a repository in the trash', () => {
  it('is found by nobody, leaves its name, and comes back when that is free', async () => {
    const repository = await newRepository();
    const image = anImage();
    await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
    await opened.database.run((db) =>
      db.repository.update({ where: { id: repository.id }, data: { visibility: 'public' } }),
    );
    const entryId = await deletions().repository({ repository, actor: tenant.actor });
    const store = new RepositoryStore(opened.database);
    expect(await store.find(repository.name)).toBeUndefined();
    expect(await found(repository.name, 'v1')).toBeUndefined();
    const catalog = await new CatalogStore(opened.database).list(userRef(tenant.owner), { last: '', limit: 1000 });
    expect(catalog.filter((name) => name === repository.name || name.startsWith('~'))).toEqual([]);
    const page = { namespace: tenant.namespace.name, limit: 1000 };
    const pageOf = async () =>
      (await new RepositoryListings(opened.database).list(tenant.owner.id, page)).map((r) => r.id);
    expect(await pageOf()).not.toContain(repository.id);
    await driftless();

    const namesake = await createRepository(opened.database, repository.name);
    expect(namesake.id).not.toBe(repository.id);
    expect(await restore(entryId)).toMatchObject({ kind: 'refused', obstacle: { kind: 'taken' } });
    const second = await deletions().repository({ repository: namesake, actor: tenant.actor });
    expect(await restore(entryId)).toMatchObject({ kind: 'restored', target: repository.name });
    expect((await found(repository.name, 'v1'))?.digest).toBe(image.digest);
    expect(await restore(second)).toMatchObject({ kind: 'refused' });
  });

  it('ends uploads and pushes that are at work, and gives back what they had reserved (R15)', async () => {
    const repository = await newRepository();
    const image = anImage();
    for (const blob of image.blobs) await storeBlob(opened.database, repository, blob);
    await deletions().repository({ repository, actor: tenant.actor });
    await expect(pushRows(opened.database, repository, image, { tags: ['v1'] })).rejects.toThrow(RepositoryGoneError);
    await expect(storeBlob(opened.database, repository, image.blobs[0]!)).rejects.toThrow(RepositoryGoneError);
    await driftless();
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
    expect(await found(kept.name, 'v1')).toBeUndefined();
    expect(
      await new RepositoryStore(opened.database).findOrCreate(parseRepositoryName(`${namespace.name}/new`), actor),
    ).toBeUndefined();
    const again = { name: namespace.name, displayName: 'x', kind: 'organization' as const, limitBytes: 1 };
    await expect(store.create({ ...again, ownerId: owner.id, actor })).rejects.toThrow(NamespaceNameTakenError);
    const listings = new TrashListings(opened.database);
    expect((await listings.listNamespaces(owner.id)).map(({ name }) => name)).toEqual([namespace.name]);
    expect(await listings.listNamespaces(tenant.owner.id)).toEqual([]);

    expect(await restore(outcome.entryId)).toMatchObject({ kind: 'restored', target: namespace.name });
    expect((await found(kept.name, 'v1'))?.digest).toBe(image.digest);
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
    const id = await opened.database.run((db) => db.namespace.findFirst({ where: { name: tenant.owner.username } }));
    expect(await deletions().namespace({ namespace: id!, actor: tenant.actor })).toEqual({ kind: 'personal' });
  });
});

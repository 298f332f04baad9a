import { parseTagName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { ReferrerStore } from '../src/registry/referrer-store.js';
import { TagStore } from '../src/registry/tag-store.js';
import { anImage, anIndex, chargedTo, pushImageRows, pushRows } from '../src/testing/index.js';
import { openTrash } from './open-trash.js';

const {
  opened,
  tenant,
  deletions,
  newRepository,
  purge,
  restore,
  deleteTag,
  deleteManifest,
  find,
  listed,
  expectNoDrift,
  reviewed,
} = openTrash();

describe('a tag in the trash', () => {
  it('is gone on every door, keeps its manifest, and comes back', async () => {
    const repository = await newRepository();
    const image = anImage();
    await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
    const entryId = await deleteTag(repository, 'v1');
    expect(await find(repository.name, 'v1')).toBeUndefined();
    expect(await new TagStore(opened.database).list(repository.name, { last: '', limit: 10 })).toEqual([]);
    expect(await listed()).toContain(`tag ${repository.name.split('/')[1]} v1`);
    expect(await reviewed(image.digest)).not.toBe('collected');
    expect(await restore(entryId)).toMatchObject({ kind: 'restored', target: `${repository.name}:v1` });
    expect((await find(repository.name, 'v1'))?.digest).toBe(image.digest);
    expect(await restore(entryId)).toEqual({ kind: 'gone' });
  });

  it('does not replace one that was pushed meanwhile (I10)', async () => {
    const repository = await newRepository();
    const [old, next] = [anImage(), anImage()];
    await pushImageRows(opened.database, repository, old, { tags: ['v1'] });
    const entryId = await deleteTag(repository, 'v1');
    await pushImageRows(opened.database, repository, next, { tags: ['v1'] });
    expect(await restore(entryId)).toEqual({ kind: 'refused', obstacle: { kind: 'taken', names: ['v1'] } });
    expect((await find(repository.name, 'v1'))?.digest).toBe(next.digest);
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
    await expectNoDrift();
  });

  it('purged now, it frees at once what nothing else needs, and nothing more (G11)', async () => {
    const repository = await newRepository();
    const shared = anImage();
    const [gone, kept] = [anImage({ layers: [shared.blobs[1]!] }), anImage({ layers: [shared.blobs[1]!] })];
    const before = await chargedTo(opened.database, tenant().namespace.id);
    await pushImageRows(opened.database, repository, kept, { tags: ['kept'] });
    const held = await chargedTo(opened.database, tenant().namespace.id);
    await pushImageRows(opened.database, repository, gone, { tags: ['gone'] });
    const entryId = await deleteTag(repository, 'gone');
    expect((await chargedTo(opened.database, tenant().namespace.id)).used).toBeGreaterThan(held.used);
    expect(await purge().purge(String(entryId), { now: true, actor: tenant().actor })).toBe('purged');
    expect(await chargedTo(opened.database, tenant().namespace.id)).toEqual(held);
    expect(held.used).toBeGreaterThan(before.used);
    expect(await find(repository.name, gone.digest)).toBeUndefined();
    expect(await find(repository.name, kept.digest)).toBeDefined();
    await expectNoDrift();
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
    expect(await deletions().tags({ repository, tags, actor: tenant().actor })).toEqual([]);
  });
});

describe('a manifest in the trash', () => {
  it('goes for good when its time is over, in one row of the audit log', async () => {
    const repository = await newRepository();
    const image = anImage();
    await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
    const entryId = await deleteManifest(repository, image.digest);
    await opened.database.run(
      (db) => db.$executeRaw`UPDATE trash_entry SET purge_after = now() WHERE id = ${entryId}::uuid`,
    );
    expect(await purge().purge(String(entryId))).toBe('purged');
    expect(await opened.database.run((db) => db.manifest.count({ where: { repositoryId: repository.id } }))).toBe(0);
    const where = { target: `${repository.name}@${image.digest}` };
    const rows = await opened.database.run((db) => db.auditEvent.findMany({ where, orderBy: { id: 'asc' } }));
    expect(rows.map(({ action }) => action)).toEqual(['manifest.push', 'manifest.delete', 'manifest.purge']);
    await expectNoDrift();
  });

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
    expect(await find(repository.name, signature.digest)).toBeUndefined();
    expect(await find(repository.name, 'sig')).toBeUndefined();
    expect(await referrers()).toEqual([]);
    await expect(pushRows(opened.database, repository, anIndex([signature]))).rejects.toThrow('not in this repository');
    expect(await restore(entryId)).toMatchObject({ kind: 'restored', left: [] });
    expect((await referrers()).map(({ digest }) => digest)).toEqual([signature.digest]);
    expect((await find(repository.name, 'sig'))?.digest).toBe(signature.digest);
    await expectNoDrift();
  });

  it('is live again when it is pushed again; its other tags stay in the trash (I10)', async () => {
    const repository = await newRepository();
    const image = anImage();
    await pushImageRows(opened.database, repository, image, { tags: ['v1', 'v2'] });
    const entryId = await deleteManifest(repository, image.digest);
    await pushRows(opened.database, repository, image, { tags: ['v1'] });
    expect((await find(repository.name, 'v1'))?.digest).toBe(image.digest);
    expect(await find(repository.name, 'v2')).toBeUndefined();
    expect(await restore(entryId)).toEqual({ kind: 'gone' });
    const path = repository.name.split('/')[1];
    expect(await listed()).toEqual(expect.arrayContaining([`tag ${path} v2`, `tag ${path} v1`]));
    await expectNoDrift();
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
    expect(await find(repository.name, image.digest)).toBeUndefined();
    expect(await restore(indexEntry)).toMatchObject({ kind: 'restored' });
    expect(await find(repository.name, 'multi')).toBeDefined();
    expect(await find(repository.name, image.digest)).toBeDefined();
  });

  it('refuses to come back over a tag that is taken, unless that one is left', async () => {
    const repository = await newRepository();
    const [image, other] = [anImage(), anImage()];
    await pushImageRows(opened.database, repository, image, { tags: ['a', 'b'] });
    const entryId = await deleteManifest(repository, image.digest);
    await pushImageRows(opened.database, repository, other, { tags: ['a'] });
    expect(await restore(entryId)).toEqual({ kind: 'refused', obstacle: { kind: 'taken', names: ['a'] } });
    expect(await restore(entryId, true)).toMatchObject({ kind: 'restored', left: ['a'] });
    expect((await find(repository.name, 'a'))?.digest).toBe(other.digest);
    expect((await find(repository.name, 'b'))?.digest).toBe(image.digest);
  });

  it('purged now takes its bytes, its children and its referrers at once', async () => {
    const repository = await newRepository();
    const child = anImage();
    const index = anIndex([child]);
    const before = await chargedTo(opened.database, tenant().namespace.id);
    await pushImageRows(opened.database, repository, child);
    await pushRows(opened.database, repository, index, { tags: ['v1', 'v2'] });
    const subject = { mediaType: index.mediaType, digest: index.digest, size: index.bytes.length };
    await pushImageRows(opened.database, repository, anImage({ extra: { subject } }));
    await deleteTag(repository, 'v2');
    const entryId = await deleteManifest(repository, index.digest);
    expect(await purge().purge(String(entryId), { now: true })).toBe('purged');
    expect(await chargedTo(opened.database, tenant().namespace.id)).toEqual(before);
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

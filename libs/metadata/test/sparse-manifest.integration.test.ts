import { describe, expect, it } from 'vitest';
import { GarbageStore } from '../src/collection/garbage-store.js';
import { BlobStore } from '../src/registry/blob-store.js';
import { deleteManifest } from '../src/registry/manifest-deletion.js';
import {
  anImage,
  anIndex,
  chargedTo,
  createRepository,
  createTenant,
  pushImageRows,
  pushRows,
  recount,
  NO_TRASH,
  REVIEW_DELAY,
  storeBlob,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const sparse = { sparse: true, tags: ['sparse'] };

async function aPlace() {
  const tenant = await createTenant(opened.database);
  const repository = await createRepository(opened.database, `${tenant.namespace.name}/app`);
  const remove = async (digest: Parameters<typeof deleteManifest>[1]['digest']) =>
    deleteManifest(opened.database, { repository, digest, actor: tenant.actor }, NO_TRASH);
  const unlink = async (digest: Parameters<typeof deleteManifest>[1]['digest']) =>
    new BlobStore(opened.database, REVIEW_DELAY).unlink(repository, digest, tenant.actor);
  return { tenant, repository, remove, unlink };
}

async function verdictsOf(queue: 'manifest_review' | 'link_review'): Promise<Map<string, string>> {
  await opened.database.run(async (db) =>
    db.$executeRawUnsafe(`UPDATE ${queue} SET review_after = now() - interval '1 second'`),
  );
  const garbage = new GarbageStore(opened.database, REVIEW_DELAY);
  const judged = await garbage.review(queue, await garbage.claim(queue, 1000));
  return new Map(judged.map(({ claim, verdict }) => [claim.digest, verdict]));
}

describe('a manifest some of whose content is absent (P35)', () => {
  it('is refused unless it may be sparse', async () => {
    const { repository } = await aPlace();
    await expect(pushRows(opened.database, repository, anImage())).rejects.toThrow('is not in this repository');
    await pushRows(opened.database, repository, anImage(), sparse);
  });

  it('is still refused when it states a wrong size of what is there', async () => {
    const { repository } = await aPlace();
    const [, layer] = anImage().blobs;
    await storeBlob(opened.database, repository, layer!);
    const image = anImage({ layers: [{ ...layer!, size: layer!.size + 1 }] });
    await expect(pushRows(opened.database, repository, image, sparse)).rejects.toThrow('the manifest says');
  });

  it('keeps a blob that arrives later, until it is deleted itself', async () => {
    const { repository, tenant, remove, unlink } = await aPlace();
    const image = anImage();
    const [, layer] = image.blobs;
    await pushRows(opened.database, repository, image, sparse);
    await storeBlob(opened.database, repository, layer!);
    expect(await unlink(layer!.digest)).toBe('in use');
    expect((await verdictsOf('link_review')).get(layer!.digest)).toBe('kept');
    expect(await remove(image.digest)).toMatchObject({ outcome: 'deleted' });
    expect((await verdictsOf('link_review')).get(layer!.digest)).toBe('collected');
    expect(await chargedTo(opened.database, tenant.namespace.id)).toEqual(
      await recount(opened.database, tenant.namespace.id),
    );
  });

  it('keeps a manifest that arrives later, until it is deleted itself', async () => {
    const { repository, remove } = await aPlace();
    const image = anImage();
    const index = anIndex([image]);
    await pushRows(opened.database, repository, index, sparse);
    await pushImageRows(opened.database, repository, image);
    expect(await remove(image.digest)).toEqual({ outcome: 'in use', parent: index.digest });
    expect((await verdictsOf('manifest_review')).get(image.digest)).toBe('kept');
    expect(await remove(index.digest)).toMatchObject({ outcome: 'deleted' });
    expect((await verdictsOf('manifest_review')).get(image.digest)).toBe('collected');
  });
});

import { type Digest, parseTagName } from '@stowage/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import { BlobStore } from '../src/registry/blob-store.js';
import type { RepositoryRecord } from '../src/registry/repository-store.js';
import {
  aBlob,
  anImage,
  chargedTo,
  createRepository,
  createTenant,
  pushImageRows,
  pushRows,
  recount,
  REVIEW_DELAY,
  storeBlob,
  type Tenant,
  TRASH,
} from '../src/testing/index.js';
import { Deletions } from '../src/trash/deletions.js';
import { TrashPurge } from '../src/trash/purge.js';
import { restoreEntry } from '../src/trash/restore.js';
import { openDatabase } from './open-database.js';

const V1 = parseTagName('v1');
const opened = openDatabase();
let tenant: Tenant;
let repository: RepositoryRecord;
let count = 0;

beforeAll(async () => {
  tenant = await createTenant(opened.database);
});

describe('a blob that only the trash needs', () => {
  const blobs = () => new BlobStore(opened.database, REVIEW_DELAY);
  const isSeen = async (digest: Digest) => (await blobs().findInRepository(repository.name, digest)) !== undefined;
  const unlink = (digest: Digest) => blobs().unlink(repository, digest, tenant.actor);
  const driftless = async () =>
    expect(await chargedTo(opened.database, tenant.namespace.id)).toEqual(
      await recount(opened.database, tenant.namespace.id),
    );

  async function deletedImage() {
    repository = await createRepository(opened.database, `${tenant.namespace.name}/b${(count += 1)}`);
    const layer = aBlob();
    const image = anImage({ layers: [layer] });
    const config = image.blobs[0]!;
    await pushImageRows(opened.database, repository, image, { tags: [V1] });
    expect(await unlink(layer.digest)).toBe('in use');
    const deletions = new Deletions(opened.database, TRASH);
    const deleted = await deletions.manifest({ repository, digest: image.digest, actor: tenant.actor });
    if (deleted.outcome !== 'deleted' || deleted.entryId === null) throw new Error(deleted.outcome);
    return { layer, config, image, entryId: deleted.entryId };
  }

  it('can be deleted, and comes back with its manifest', async () => {
    const { layer, config, entryId } = await deletedImage();
    const charged = await chargedTo(opened.database, tenant.namespace.id);
    expect(await unlink(layer.digest)).toBe('unlinked');
    expect([await isSeen(layer.digest), await isSeen(config.digest)]).toEqual([false, true]);
    expect(await unlink(layer.digest)).toBe('unknown');
    expect(await chargedTo(opened.database, tenant.namespace.id)).toEqual(charged);

    expect(await restoreEntry(opened.database, entryId, { actor: tenant.actor, leaveTaken: false })).toMatchObject({
      kind: 'restored',
    });
    expect(await isSeen(layer.digest)).toBe(true);
    await driftless();
  });

  it('is no source of a mount, and nothing that a manifest may name', async () => {
    const { layer, config } = await deletedImage();
    await unlink(layer.digest);
    const target = await createRepository(opened.database, `${tenant.namespace.name}/target${count}`);
    const mount = { source: repository.name, target, digest: layer.digest, actor: tenant.actor };
    expect(await blobs().mount(mount)).toBe(false);
    const other = anImage({ config, layers: [layer], extra: { annotations: { of: 'another one' } } });
    await expect(pushRows(opened.database, repository, other, { tags: [V1] })).rejects.toMatchObject({
      name: 'ReferenceMissingError',
    });
  });

  it('is there again after a push, charged once', async () => {
    const { layer, image } = await deletedImage();
    const charged = await chargedTo(opened.database, tenant.namespace.id);
    await unlink(layer.digest);
    await storeBlob(opened.database, repository, layer);
    expect(await isSeen(layer.digest)).toBe(true);
    expect(await chargedTo(opened.database, tenant.namespace.id)).toEqual(charged);
    await pushRows(opened.database, repository, image, { tags: [V1] });
    await driftless();
  });

  it('goes with its manifest when that is purged', async () => {
    const { layer, entryId } = await deletedImage();
    await unlink(layer.digest);
    expect(await new TrashPurge(opened.database, REVIEW_DELAY).purge(entryId, { now: true })).toBe('purged');
    expect(await isSeen(layer.digest)).toBe(false);
    const links = await opened.database.run((db) =>
      db.repositoryBlob.count({ where: { repositoryId: repository.id, digest: layer.digest } }),
    );
    expect(links).toBe(0);
    await driftless();
  });
});

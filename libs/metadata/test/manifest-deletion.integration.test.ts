import { parseTagName } from '@stowage/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import { BlobStore } from '../src/registry/blob-store.js';
import { deleteManifest } from '../src/registry/manifest-deletion.js';
import type { RepositoryRecord } from '../src/registry/repository-store.js';
import { deleteTags } from '../src/trash/tag-deletion.js';
import {
  anImage,
  anIndex,
  createRepository,
  createTenant,
  pushImageRows,
  pushRows,
  NO_TRASH,
  REVIEW_DELAY,
  storeBlob,
  type Tenant,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';
import { rowsOf as allRowsOf } from './repository-rows.js';

const opened = openDatabase();
let tenant: Tenant;
let count = 0;

beforeAll(async () => {
  tenant = await createTenant(opened.database);
});

const newRepository = () => createRepository(opened.database, `${tenant.namespace.name}/r${(count += 1)}`);

const rowsOf = (repository: RepositoryRecord) => allRowsOf(opened.database, repository);

describe('deleting', () => {
  it('a tag removes the tag and nothing else (P25)', async () => {
    const repository = await newRepository();
    const image = anImage();
    await pushImageRows(opened.database, repository, image, { tags: ['v1', 'v2'] });
    const remove = () =>
      deleteTags(opened.database, { repository, tags: [{ name: parseTagName('v1') }], actor: tenant.actor }, NO_TRASH);
    expect(await remove()).toEqual([{ name: 'v1', digest: image.digest, entryId: null }]);
    expect(await remove()).toEqual([]);
    expect(await rowsOf(repository)).toMatchObject({
      manifests: [image.digest],
      tags: [`v2=${image.digest}`],
      reviews: [image.digest],
    });
  });

  it('a manifest removes every tag of it, with their events (P26)', async () => {
    const repository = await newRepository();
    const [image, other] = [anImage(), anImage()];
    await pushImageRows(opened.database, repository, image, { tags: ['v1', 'v2'] });
    await pushImageRows(opened.database, repository, other, { tags: ['v3'] });
    const input = { repository, digest: image.digest, actor: tenant.actor };
    const outcome = await deleteManifest(opened.database, input, NO_TRASH);
    expect(outcome).toMatchObject({ outcome: 'deleted', tags: expect.arrayContaining(['v1', 'v2']) });
    const rows = await rowsOf(repository);
    expect(rows).toMatchObject({ manifests: [other.digest], tags: [`v3=${other.digest}`], blobReferences: 2 });
    expect(rows.tagEvents.slice(-2)).toEqual(
      expect.arrayContaining([
        ['v1', image.digest, null],
        ['v2', image.digest, null],
      ]),
    );
    expect(rows.audit).toContain('manifest.delete');
    expect(await deleteManifest(opened.database, input, NO_TRASH)).toEqual({ outcome: 'unknown' });
  });

  it('a child of an index is refused until the index is gone (R11)', async () => {
    const repository = await newRepository();
    const image = anImage();
    const index = anIndex([image]);
    await pushImageRows(opened.database, repository, image);
    await pushRows(opened.database, repository, index);
    const remove = (digest: typeof image.digest) =>
      deleteManifest(opened.database, { repository, digest, actor: tenant.actor }, NO_TRASH);
    expect(await remove(image.digest)).toEqual({ outcome: 'in use', parent: index.digest });
    expect(await remove(index.digest)).toMatchObject({ outcome: 'deleted' });
    expect((await rowsOf(repository)).reviews).toContain(image.digest);
    expect(await remove(image.digest)).toMatchObject({ outcome: 'deleted' });
  });

  it('a blob is refused while a manifest needs it, and takes it from one repository only (P27, CVE-2026-35172)', async () => {
    const [repository, other] = [await newRepository(), await newRepository()];
    const image = anImage();
    const { digest } = image.blobs[1]!;
    await pushImageRows(opened.database, repository, image);
    await storeBlob(opened.database, other, image.blobs[1]!);
    const store = new BlobStore(opened.database, REVIEW_DELAY);
    expect(await store.unlink(repository, digest, tenant.actor)).toBe('in use');
    await deleteManifest(opened.database, { repository, digest: image.digest, actor: tenant.actor }, NO_TRASH);
    expect(await store.unlink(repository, digest, tenant.actor)).toBe('unlinked');
    expect(await store.unlink(repository, digest, tenant.actor)).toBe('unknown');
    expect(await store.findInRepository(repository.name, digest)).toBeUndefined();
    expect(await store.findInRepository(other.name, digest)).toMatchObject({ digest });
  });
});

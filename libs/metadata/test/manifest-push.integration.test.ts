import { parseReference } from '@stowage/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import { ManifestStore } from '../src/registry/manifest-store.js';
import type { RepositoryRecord } from '../src/registry/repository-store.js';
import {
  aBlob,
  anImage,
  anIndex,
  createRepository,
  createTenant,
  pushImageRows,
  pushRows,
  storeBlob,
  type Tenant,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';
import { NOTHING, rowsOf as allRowsOf } from './repository-rows.js';

const opened = openDatabase();
let tenant: Tenant;
let count = 0;

beforeAll(async () => {
  tenant = await createTenant(opened.database);
});

const newRepository = () => createRepository(opened.database, `${tenant.namespace.name}/r${(count += 1)}`);

const rowsOf = (repository: RepositoryRecord) => allRowsOf(opened.database, repository);

describe('pushManifest', () => {
  it('stores manifest, references, tags, their events and the audit row together', async () => {
    const repository = await newRepository();
    const image = anImage({ layers: 3 });
    await pushImageRows(opened.database, repository, image, { tags: ['v1', 'latest'], actor: tenant.actor });
    expect(await rowsOf(repository)).toEqual({
      manifests: [image.digest],
      blobReferences: 4,
      children: 0,
      tags: [`latest=${image.digest}`, `v1=${image.digest}`],
      tagEvents: [
        ['latest', null, image.digest],
        ['v1', null, image.digest],
      ],
      reviews: [],
      audit: ['manifest.push'],
    });
  });

  it('takes indexes that share their children, whatever all paths together come to (5.2)', async () => {
    const repository = await newRepository();
    const image = anImage();
    await pushImageRows(opened.database, repository, image);
    let pair = [anIndex([image], { annotations: { side: 'a' } }), anIndex([image], { annotations: { side: 'b' } })];
    for (let level = 0; level < 70; level += 1) {
      for (const index of pair) await pushRows(opened.database, repository, index);
      const children = pair;
      pair = ['a', 'b'].map((side) => anIndex(children, { annotations: { side, level: String(level) } }));
    }
    const [top] = pair as [(typeof pair)[0]];
    await pushRows(opened.database, repository, top, { tags: ['top'] });
    expect((await rowsOf(repository)).tags).toEqual([`top=${top.digest}`]);
  });

  it('moves a tag, records the event, and queues what lost the tag for review (P16)', async () => {
    const repository = await newRepository();
    const [before, after] = [anImage(), anImage()];
    await pushImageRows(opened.database, repository, before, { tags: ['v1', 'v2'] });
    await pushImageRows(opened.database, repository, after, { tags: ['v1', 'v2'] });
    expect(await rowsOf(repository)).toMatchObject({
      tags: [`v1=${after.digest}`, `v2=${after.digest}`],
      tagEvents: [
        ['v1', null, before.digest],
        ['v2', null, before.digest],
        ['v1', before.digest, after.digest],
        ['v2', before.digest, after.digest],
      ],
      reviews: [before.digest],
    });
  });

  it('queues for review what nothing but its digest holds', async () => {
    const repository = await newRepository();
    const image = anImage();
    await pushImageRows(opened.database, repository, image);
    expect((await rowsOf(repository)).reviews).toEqual([image.digest]);
  });

  it('changes nothing but the audit log when the same is pushed again (I9)', async () => {
    const repository = await newRepository();
    const image = anImage();
    await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
    const before = await rowsOf(repository);
    await pushRows(opened.database, repository, image, { tags: ['v1'] });
    expect(await rowsOf(repository)).toEqual({ ...before, audit: ['manifest.push', 'manifest.push'] });
  });

  it.each(['config', 'layer'])('refuses a missing %s and stores nothing', async (missing) => {
    const repository = await newRepository();
    const image = anImage();
    const [config, layer] = image.blobs;
    await storeBlob(opened.database, repository, missing === 'config' ? layer! : config!);
    const absent = missing === 'config' ? config! : layer!;
    await expect(pushRows(opened.database, repository, image, { tags: ['v1'] })).rejects.toMatchObject({
      name: 'ReferenceMissingError',
      what: 'blob',
      digest: absent.digest,
    });
    expect(await rowsOf(repository)).toEqual(NOTHING);
  });

  it('refuses a blob that only another repository of the same namespace holds (trap 6)', async () => {
    const [repository, other] = [await newRepository(), await newRepository()];
    const image = anImage();
    for (const blob of image.blobs) await storeBlob(opened.database, other, blob);
    await expect(pushRows(opened.database, repository, image)).rejects.toThrow('is not in this repository');
    expect(await rowsOf(repository)).toEqual(NOTHING);
  });

  it('refuses a blob that garbage collection has condemned (R1)', async () => {
    const repository = await newRepository();
    const image = anImage();
    for (const blob of image.blobs) await storeBlob(opened.database, repository, blob);
    const { digest } = image.blobs[1]!;
    await opened.database.run((db) => db.blob.update({ where: { digest }, data: { state: 'condemned' } }));
    await expect(pushRows(opened.database, repository, image)).rejects.toMatchObject({
      name: 'ReferenceMissingError',
      digest,
    });
  });

  it("refuses a size that is not the blob's", async () => {
    const repository = await newRepository();
    const layer = aBlob(100);
    const image = anImage({ layers: [{ ...layer, size: 101 }] });
    await storeBlob(opened.database, repository, image.blobs[0]!);
    await storeBlob(opened.database, repository, layer);
    await expect(pushRows(opened.database, repository, image)).rejects.toMatchObject({
      name: 'ReferenceSizeError',
      stated: 101,
      actual: 100,
    });
    expect(await rowsOf(repository)).toEqual(NOTHING);
  });

  it('takes an image that names one layer twice, and one without layers (P35)', async () => {
    const repository = await newRepository();
    const layer = aBlob();
    await pushImageRows(opened.database, repository, anImage({ layers: [layer, layer] }));
    await pushImageRows(opened.database, repository, anImage({ layers: 0 }));
    expect(await rowsOf(repository)).toMatchObject({ blobReferences: 3 });
  });

  it('takes a subject that is not there (P16, P18)', async () => {
    const repository = await newRepository();
    const subject = { mediaType: anImage().mediaType, digest: anImage().digest, size: 5 };
    const image = anImage({ extra: { subject } });
    await pushImageRows(opened.database, repository, image);
    const row = await opened.database.run((db) => db.manifest.findFirst({ where: { repositoryId: repository.id } }));
    expect(row).toMatchObject({ subjectDigest: subject.digest });
  });

  it('takes an index of what is there and refuses one of what is not (P35)', async () => {
    const repository = await newRepository();
    const [present, absent] = [anImage(), anImage()];
    await pushImageRows(opened.database, repository, present);
    await expect(pushRows(opened.database, repository, anIndex([present, absent]))).rejects.toMatchObject({
      name: 'ReferenceMissingError',
      what: 'manifest',
      digest: absent.digest,
    });
    const index = anIndex([present, present]);
    await pushRows(opened.database, repository, index, { tags: ['multi'] });
    await pushRows(opened.database, repository, anIndex([index]));
    expect(await rowsOf(repository)).toMatchObject({ children: 2, tags: [`multi=${index.digest}`] });
  });

  it('gives back the very bytes and the type that were pushed (P2, P16)', async () => {
    const repository = await newRepository();
    const image = anImage();
    await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
    const store = new ManifestStore(opened.database);
    for (const reference of ['v1', image.digest].map(parseReference)) {
      const found = await store.find(repository.name, reference);
      expect(Buffer.from(found!.payload)).toEqual(image.bytes);
      expect(found).toMatchObject({ digest: image.digest, mediaType: image.mediaType });
      expect(await store.findHead(repository.name, reference)).toEqual({
        digest: image.digest,
        mediaType: image.mediaType,
        size: image.bytes.length,
      });
    }
    expect(await store.find((await newRepository()).name, parseReference(image.digest))).toBeUndefined();
  });
});

// Parts of a multipart upload cost money and show in no list of objects: none may stay that no session names (5.5, I7).
import { findTestS3 } from '@stowage/dev-env/testing';
import { aBlob, chargedTo } from '@stowage/metadata/testing';
import { S3Store } from '@stowage/storage-s3/testing';
import { describe, expect, it } from 'vitest';
import { expireUploads, removeAbandonedBytes } from '../src/upload-expiry.js';
import { aPlace, bodyOf, openRegistry, type Place, readBlob } from './open-registry.js';

const server = await findTestS3();
/** More than a part. */
const SIZE = 7_000_000;
const LATER = () => new Date(Date.now() + 60_000);

describe.runIf(server)('uploads in parts on a real S3 server', () => {
  let bucket: S3Store;
  const registry = openRegistry(async () => {
    bucket = await S3Store.open(server!);
    return { driver: bucket.driver(), dispose: () => bucket.dispose() };
  });

  async function fill(place: Place, bytes: Buffer) {
    const session = await registry.uploads.start(place.repository, place.principal);
    return registry.uploads.append(place.repository, session, bodyOf(bytes));
  }

  it('that are idle too long end with their parts and their reservation (5.5, I7)', async () => {
    const place = await aPlace(registry);
    const { id } = await fill(place, Buffer.alloc(SIZE, 1));
    expect(await bucket.multiparts()).toHaveLength(1);
    await registry.database.run(
      (db) => db.$executeRaw`UPDATE upload_session SET touched_at = now() - interval '2 hours' WHERE id = ${id}::uuid`,
    );
    expect(await expireUploads(registry, 3600)).toBe(1);
    expect([await bucket.multiparts(), await bucket.keys()]).toEqual([[], []]);
    expect(await chargedTo(registry.database, place.tenant.namespace.id)).toEqual({ used: 0, reserved: 0 });
  });

  it('that no session names are freed with their parts; one that goes on has all of its own (K0, I7)', async () => {
    const place = await aPlace(registry);
    const blob = aBlob(SIZE + 1000);
    const living = await fill(place, blob.bytes.subarray(0, SIZE));
    const kept = { multiparts: await bucket.multiparts(), keys: await bucket.keys() };
    const orphaned = await fill(place, Buffer.alloc(SIZE, 2));
    await registry.database.run((db) => db.uploadSession.delete({ where: { id: orphaned.id } }));
    // What is left of a process that died before it could note where its parts are.
    await bucket.openMultipart(`uploads/${'a'.repeat(32)}/bulk-${'b'.repeat(32)}`);
    await bucket.openMultipart('blobs/sha256/aa/gone');
    expect(await bucket.multiparts()).toHaveLength(4);
    expect(await removeAbandonedBytes(registry, new Date(0))).toBe(0);
    expect(await removeAbandonedBytes(registry, LATER())).toBe(3);
    expect({ multiparts: await bucket.multiparts(), keys: await bucket.keys() }).toEqual(kept);
    const rest = bodyOf(blob.bytes.subarray(SIZE));
    await registry.uploads.finish(place.repository, living, { digest: blob.digest, body: rest, actor: place.actor });
    expect((await readBlob(registry, place, blob)).equals(blob.bytes)).toBe(true);
    expect(await bucket.multiparts()).toEqual([]);
  });
});

import { createHash } from 'node:crypto';
import { aBlob, chargedTo, createRepository, createUser, type TestBlob } from '@stowage/metadata/testing';
import { formatDigest } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import type { BlobUploads } from '../src/blob-uploads.js';
import { aPlace, bodyOf, openRegistry, outcomeOf, type Place, pushBlob, readBlob, storedIn } from './open-registry.js';

const registry = openRegistry();
const EMPTY = Buffer.alloc(0);

const start = ({ repository, principal }: Place) => registry.uploads.start(repository, principal);
const append = (
  place: Place,
  session: { id: string },
  bytes: Buffer,
  options: { at?: number; by?: BlobUploads } = {},
) => appendBy(options.by ?? registry.uploads, place, session, { bytes, at: options.at });

async function appendBy(
  by: BlobUploads,
  place: Place,
  { id }: { id: string },
  { bytes, at }: { bytes: Buffer; at: number | undefined },
) {
  const { repository, principal } = place;
  const session = await by.get(id, { name: repository.name, principal });
  const range = at === undefined ? {} : { range: { first: at, last: at + bytes.length - 1 } };
  return by.append(repository, session, bodyOf(bytes, range));
}

async function finish(
  place: Place,
  { id }: { id: string },
  blob: Pick<TestBlob, 'digest'>,
  options: { rest?: Buffer; by?: BlobUploads } = {},
) {
  const { repository, principal, actor } = place;
  const by = options.by ?? registry.uploads;
  const session = await by.get(id, { name: repository.name, principal });
  await by.finish(repository, session, { digest: blob.digest, body: bodyOf(options.rest ?? EMPTY), actor });
}

describe('an upload', () => {
  it.each([
    ['an empty blob (P35)', 0],
    ['one byte', 1],
    ['a mebibyte', 1024 * 1024],
  ])('by POST and PUT stores %s (P6)', async (_, size) => {
    const place = await aPlace(registry);
    const blob = aBlob(size);
    await pushBlob(registry, place, blob);
    expect(await readBlob(registry, place, blob)).toEqual(blob.bytes);
  });

  it('by PATCHes and an empty PUT stores the chunks in order (P8)', async () => {
    const place = await aPlace(registry);
    const blob = aBlob(1000);
    const session = await start(place);
    expect((await append(place, session, blob.bytes.subarray(0, 300), { at: 0 })).offset).toBe(300);
    expect((await append(place, session, blob.bytes.subarray(300, 999), { at: 300 })).offset).toBe(999);
    expect((await append(place, session, blob.bytes.subarray(999))).offset).toBe(1000);
    await finish(place, session, blob);
    expect(await readBlob(registry, place, blob)).toEqual(blob.bytes);
  });

  it('takes the last chunk with the PUT', async () => {
    const place = await aPlace(registry);
    const blob = aBlob(100);
    const session = await start(place);
    await append(place, session, blob.bytes.subarray(0, 60));
    await finish(place, session, blob, { rest: blob.bytes.subarray(60) });
    expect(await readBlob(registry, place, blob)).toEqual(blob.bytes);
  });

  it('takes a chunk whose length nobody said', async () => {
    const place = await aPlace(registry);
    const blob = aBlob(100);
    const session = await start(place);
    const body = bodyOf(blob.bytes, { isLengthKnown: false });
    await registry.uploads.finish(place.repository, session, { digest: blob.digest, body, actor: place.actor });
    expect(await readBlob(registry, place, blob)).toEqual(blob.bytes);
  });

  it('is verified in the algorithm of the digest, also sha512 (P13)', async () => {
    const place = await aPlace(registry);
    const { bytes } = aBlob(100);
    const digest = formatDigest('sha512', createHash('sha512').update(bytes).digest('hex'));
    await pushBlob(registry, place, { bytes, digest, size: 100 });
    expect(await readBlob(registry, place, { digest })).toEqual(bytes);
    const session = await start(place);
    const wrong = formatDigest('sha512', createHash('sha512').update('x').digest('hex'));
    expect(await outcomeOf(finish(place, session, { digest: wrong }, { rest: bytes }))).toBe('DIGEST_INVALID');
  });

  it('that does not have its digest leaves nothing: no session, no bytes, no reservation (5.7)', async () => {
    const place = await aPlace(registry);
    const before = await storedIn(registry);
    for (let round = 0; round < 3; round += 1) {
      const session = await start(place);
      await append(place, session, aBlob(500).bytes);
      expect(await outcomeOf(finish(place, session, aBlob()))).toBe('DIGEST_INVALID');
      expect(await outcomeOf(finish(place, session, aBlob()))).toBe('BLOB_UPLOAD_UNKNOWN');
    }
    expect(await storedIn(registry)).toEqual(before);
    expect(await chargedTo(registry.database, place.tenant.namespace.id)).toEqual({ used: 0, reserved: 0 });
  });

  it.each([
    ['before the end', 5],
    ['after the end', 15],
    ['at nought again', 0],
  ])('refuses a chunk that starts %s with RANGE_INVALID, and stays where it was (5.6, I11)', async (_, at) => {
    const place = await aPlace(registry);
    const session = await start(place);
    await append(place, session, Buffer.alloc(10), { at: 0 });
    expect(await outcomeOf(append(place, session, Buffer.alloc(10), { at }))).toBe('RANGE_INVALID');
    expect(
      (await registry.uploads.get(session.id, { name: place.repository.name, principal: place.principal })).offset,
    ).toBe(10);
  });

  it('refuses a chunk that is not as long as its range, and stays where it was (5.6)', async () => {
    const place = await aPlace(registry);
    const blob = aBlob(20);
    const session = await start(place);
    await append(place, session, blob.bytes.subarray(0, 10));
    const current = await registry.uploads.get(session.id, { name: place.repository.name, principal: place.principal });
    const lying = bodyOf(Buffer.alloc(5), { range: { first: 10, last: 19 }, isLengthKnown: false });
    expect(await outcomeOf(registry.uploads.append(place.repository, current, lying))).toBe('SIZE_INVALID');
    await append(place, session, blob.bytes.subarray(10), { at: 10 });
    await finish(place, session, blob);
    expect(await readBlob(registry, place, blob)).toEqual(blob.bytes);
  });

  it('lets exactly one of two appends at one offset win, here or in another process (I11, R7)', async () => {
    for (const by of [registry.uploads, registry.elsewhere]) {
      const place = await aPlace(registry);
      const blobs = [aBlob(100), aBlob(100)];
      const session = await start(place);
      const race = [
        append(place, session, blobs[0]!.bytes, { at: 0 }),
        append(place, session, blobs[1]!.bytes, { at: 0, by }),
      ];
      const outcomes = await Promise.all(race.map(outcomeOf));
      expect(outcomes.toSorted()).toEqual(['RANGE_INVALID', 'ok']);
      const winner = blobs[outcomes.indexOf('ok')]!;
      await finish(place, session, winner);
      expect(await readBlob(registry, place, winner)).toEqual(winner.bytes);
    }
  });

  it('goes on in another process at every chunk, and has the right digest there (R7)', async () => {
    const place = await aPlace(registry);
    const blob = aBlob(900);
    const session = await start(place);
    const processes = [registry.uploads, registry.elsewhere, registry.uploads, registry.elsewhere];
    for (const [index, by] of processes.entries()) {
      await append(place, session, blob.bytes.subarray(index * 200, (index + 1) * 200), { at: index * 200, by });
    }
    await finish(place, session, blob, { rest: blob.bytes.subarray(800), by: registry.uploads });
    expect(await readBlob(registry, place, blob)).toEqual(blob.bytes);
  });

  it('is finished once by two who finish it at the same moment (R8)', async () => {
    for (let round = 0; round < 5; round += 1) {
      const place = await aPlace(registry);
      const blob = aBlob(100);
      const session = await start(place);
      await append(place, session, blob.bytes);
      const outcomes = await Promise.all([1, 2].map(() => outcomeOf(finish(place, session, blob))));
      expect(outcomes).toContain('ok');
      expect(outcomes.every((outcome) => ['ok', 'RANGE_INVALID', 'BLOB_UPLOAD_UNKNOWN'].includes(outcome))).toBe(true);
      expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
      expect(await chargedTo(registry.database, place.tenant.namespace.id)).toEqual({ used: 100, reserved: 0 });
    }
  });

  it('is unknown to another user and in another repository (CVE-2026-32589)', async () => {
    const place = await aPlace(registry);
    const session = await start(place);
    const other = await createRepository(registry.database, `${place.tenant.namespace.name}/other`);
    const stranger = await createUser(registry.database);
    const { name } = place.repository;
    const get = (owner: Parameters<BlobUploads['get']>[1]) => outcomeOf(registry.uploads.get(session.id, owner));
    expect(await get({ name, principal: { kind: 'user', id: stranger.id } })).toBe('BLOB_UPLOAD_UNKNOWN');
    expect(await get({ name: other.name, principal: place.principal })).toBe('BLOB_UPLOAD_UNKNOWN');
    expect(await get({ name, principal: place.principal })).toBe('ok');
  });

  it('that is cancelled is gone with its bytes and its reservation (P10)', async () => {
    const place = await aPlace(registry);
    const before = await storedIn(registry);
    const session = await start(place);
    const filled = await append(place, session, Buffer.alloc(100));
    await registry.uploads.cancel(filled);
    expect(await outcomeOf(registry.uploads.cancel(filled))).toBe('BLOB_UPLOAD_UNKNOWN');
    expect(await storedIn(registry)).toEqual(before);
    expect(await chargedTo(registry.database, place.tenant.namespace.id)).toEqual({ used: 0, reserved: 0 });
  });
});

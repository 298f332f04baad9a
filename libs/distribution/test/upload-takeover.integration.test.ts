import { aBlob } from '@stowage/metadata/testing';
import { gatedSource } from '@stowage/storage/testing';
import { describe, expect, it } from 'vitest';
import { aPlace, bodyOf, openRegistry, outcomeOf, type Place, readBlob, storedIn } from './open-registry.js';

const registry = openRegistry();
const SIZE = 200_000;
const SENT = 50_000;
const nothing = () => bodyOf(Buffer.alloc(0));

/** A request that stands still in the middle of its body, with its lease run out: as if its process were stopped. */
async function aSilentWriter(place: Place, request: 'PATCH' | 'PUT') {
  const { uploads } = registry;
  const begun = await uploads.start(place.repository, place.principal);
  const theirs = aBlob(SIZE);
  const body = gatedSource(theirs.bytes.subarray(0, SENT), theirs.bytes.subarray(SENT));
  const input = { stream: body.source, length: undefined, range: undefined };
  const outcome = outcomeOf(
    request === 'PATCH'
      ? uploads.append(place.repository, begun, input)
      : uploads.finish(place.repository, begun, { digest: theirs.digest, body: input, actor: place.actor }),
  );
  await body.reached;
  const past = new Date(Date.now() - 86_400_000);
  await registry.database.run((db) =>
    db.uploadSession.update({ where: { id: begun.id }, data: { writerUntil: past } }),
  );
  return { wakeUp: () => (body.open(), outcome), begun, theirs };
}

const heirOf = ({ id }: { id: string }, place: Place) =>
  registry.elsewhere.get(id, { name: place.repository.name, principal: place.principal });

describe('a writer that wakes up after its upload was taken over (2.5: zombie writer)', () => {
  it.each(['PATCH', 'PUT'] as const)('with a %s harms neither the upload nor the blob', async (request) => {
    const place = await aPlace(registry);
    const { begun, wakeUp } = await aSilentWriter(place, request);
    const blob = aBlob(SIZE);
    const first = bodyOf(blob.bytes.subarray(0, 70_000));
    const half = await registry.elsewhere.append(place.repository, await heirOf(begun, place), first);
    expect(await wakeUp()).toBe('BLOB_UPLOAD_UNKNOWN');
    const rest = bodyOf(blob.bytes.subarray(70_000));
    const all = await registry.elsewhere.append(place.repository, await heirOf(half, place), rest);
    await registry.elsewhere.finish(place.repository, all, {
      digest: blob.digest,
      body: nothing(),
      actor: place.actor,
    });
    expect(await readBlob(registry, place, blob)).toEqual(blob.bytes);
  });

  it.each(['PATCH', 'PUT'] as const)(
    'with a %s after the blob was published leaves nothing behind',
    async (request) => {
      const before = await storedIn(registry);
      const place = await aPlace(registry);
      const { begun, wakeUp, theirs } = await aSilentWriter(place, request);
      const blob = aBlob(SIZE);
      const session = await heirOf(begun, place);
      const input = { digest: blob.digest, body: bodyOf(blob.bytes), actor: place.actor };
      await registry.elsewhere.finish(place.repository, session, input);
      expect(await wakeUp()).toBe('BLOB_UPLOAD_UNKNOWN');
      expect(await readBlob(registry, place, blob)).toEqual(blob.bytes);
      expect(await outcomeOf(registry.content.get(place.repository.name, theirs.digest))).toBe('BLOB_UNKNOWN');
      expect(await storedIn(registry)).toEqual({ objects: before.objects + 1, uploads: before.uploads });
    },
  );
});

// What a client that pushes is told, while a collector is inside its transaction (2.4: R2).
import { GarbageStore, type ReviewQueue } from '@stowage/metadata';
import { aBlob, anImage, raceBehind } from '@stowage/metadata/testing';
import { type Digest, parseReference } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { aPlace, openRegistry, outcomeOf, type Place, pushBlob } from './open-registry.js';

const registry = openRegistry();
const DELAY = { seconds: 3600 };

type Reviewed = Extract<ReviewQueue, 'link_review' | 'manifest_review'>;

/** The collector has deleted what it reviews, and waits to give back the bytes, when the client asks. */
async function askWhileCollected(place: Place, queue: Reviewed, digest: Digest, ask: () => Promise<unknown>) {
  const garbage = new GarbageStore(registry.database, DELAY);
  await registry.database.run((db) =>
    db.$executeRawUnsafe(`UPDATE ${queue} SET review_after = now() - interval '1 second' WHERE digest = $1`, digest),
  );
  const claims = await garbage.claim(queue, 10);
  const [collected, asked] = await raceBehind(registry.database, {
    lock: (tx) =>
      tx.$queryRaw`
        SELECT 1 FROM namespace_usage WHERE namespace_id = ${place.repository.namespaceId}::uuid FOR UPDATE`,
    contenders: [() => garbage.review(queue, claims), () => outcomeOf(ask())],
  });
  expect(collected).toMatchObject({ value: [{ claim: { digest }, verdict: 'collected' }] });
  return asked;
}

describe('HEAD, while a collector is at it', () => {
  it('of a blob waits, and says that it is unknown: the client pushes it again (R2, R1)', async () => {
    const place = await aPlace(registry);
    const blob = aBlob();
    await pushBlob(registry, place, blob);
    const ask = () => registry.content.getForPush(place.repository.name, blob.digest);
    expect(await askWhileCollected(place, 'link_review', blob.digest, ask)).toMatchObject({ value: 'BLOB_UNKNOWN' });
    await pushBlob(registry, place, blob);
    expect(await outcomeOf(ask())).toBe('ok');
  });

  it('of a manifest waits, and says that it is unknown (R2, R3)', async () => {
    const place = await aPlace(registry);
    const image = anImage();
    for (const blob of image.blobs) await pushBlob(registry, place, blob);
    const reference = parseReference(image.digest);
    const { mediaType: contentType, bytes } = image;
    await registry.images.put(place.repository.name, { reference, contentType, bytes, actor: place.actor });
    const ask = () => registry.images.headForPush(place.repository.name, reference);
    expect(await askWhileCollected(place, 'manifest_review', image.digest, ask)).toMatchObject({
      value: 'MANIFEST_UNKNOWN',
    });
  });
});

import { aBlob } from '@stowage/metadata/testing';
import { describe, expect, it } from 'vitest';
import { aPlace, openRegistry, outcomeOf, pushBlob, readBlob, storedIn } from './open-registry.js';

const registry = openRegistry();

describe('the same digest at the same moment', () => {
  it('pushed to twenty repositories is one row and one object, and every repository has it (R6)', async () => {
    const before = await storedIn(registry);
    const blob = aBlob(1000);
    const places = await Promise.all(Array.from({ length: 20 }, () => aPlace(registry)));
    await Promise.all(places.map((place) => pushBlob(registry, place, blob)));
    expect(await storedIn(registry)).toEqual({ ...before, objects: before.objects + 1 });
    for (const place of places) expect(await readBlob(registry, place, blob)).toEqual(blob.bytes);
  });

  it('is never damaged by others who push wrong bytes under it (R6)', async () => {
    const blob = aBlob(1000);
    const places = await Promise.all(Array.from({ length: 20 }, () => aPlace(registry)));
    const outcomes = await Promise.all(
      places.map((place, at) =>
        outcomeOf(pushBlob(registry, place, at % 2 ? { ...blob, bytes: aBlob(1000).bytes } : blob)),
      ),
    );
    expect(outcomes).toEqual(places.map((_, at) => (at % 2 ? 'DIGEST_INVALID' : 'ok')));
    expect(await readBlob(registry, places[0]!, blob)).toEqual(blob.bytes);
    expect(await outcomeOf(registry.content.get(places[1]!.repository.name, blob.digest))).toBe('BLOB_UNKNOWN');
  });
});

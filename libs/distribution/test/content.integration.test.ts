import { aBlob, anImage, type TestBlob, type TestManifest } from '@stowage/metadata/testing';
import { type Digest, parseReference } from '@stowage/oci';
import { blobKey } from '@stowage/storage';
import { PausingSink, sourceOf } from '@stowage/storage/testing';
import { describe, expect, it } from 'vitest';
import { aPlace, openRegistry, outcomeOf, type Place, pushBlob, readBlob } from './open-registry.js';

const registry = openRegistry();

async function pushAll(place: Place, blobs: readonly TestBlob[]): Promise<void> {
  for (const blob of blobs) await pushBlob(registry, place, blob);
}

const put = ({ repository, actor }: Place, manifest: TestManifest, reference: string = manifest.digest) =>
  registry.images.put(repository.name, {
    reference: parseReference(reference),
    contentType: manifest.mediaType,
    bytes: manifest.bytes,
    actor,
  });

async function loseObject(digest: Digest): Promise<void> {
  const blob = await registry.blobs.findLive(digest);
  await registry.storage.delete(blobKey(digest, blob!.generation));
}

async function truncateObject(digest: Digest, bytes: Buffer): Promise<void> {
  const blob = await registry.blobs.findLive(digest);
  await registry.storage.write(blobKey(digest, blob!.generation), sourceOf(bytes));
}

describe('a blob', () => {
  it('is seen only by the repositories that have it, whoever else has it (CVE-2024-39897, CVE-2026-35172)', async () => {
    const [owner, other] = [await aPlace(registry), await aPlace(registry)];
    const blob = aBlob();
    await pushBlob(registry, owner, blob);
    const see = (place: Place) => outcomeOf(registry.content.get(place.repository.name, blob.digest));
    expect([await see(owner), await see(other)]).toEqual(['ok', 'BLOB_UNKNOWN']);
    await pushBlob(registry, other, blob);
    await registry.content.delete(owner.repository, blob.digest, owner.actor);
    expect([await see(owner), await see(other)]).toEqual(['BLOB_UNKNOWN', 'ok']);
  });

  it('is mounted from a source that has it, once', async () => {
    const [source, empty, target] = [await aPlace(registry), await aPlace(registry), await aPlace(registry)];
    const blob = aBlob();
    await pushBlob(registry, source, blob);
    const mount = (...sources: Place[]) =>
      registry.content.mount(target.repository, blob.digest, {
        sources: sources.map(({ repository }) => repository.name),
        actor: target.actor,
      });
    expect(await mount()).toBe(false);
    expect(await mount(empty)).toBe(false);
    expect(await outcomeOf(registry.content.get(target.repository.name, blob.digest))).toBe('BLOB_UNKNOWN');
    expect(await mount(empty, source)).toBe(true);
    expect(await mount(source)).toBe(true);
    expect(await readBlob(registry, target, blob)).toEqual(blob.bytes);
  });

  it('that a manifest needs is not deleted', async () => {
    const place = await aPlace(registry);
    const image = anImage();
    await pushAll(place, image.blobs);
    await put(place, image);
    expect(await outcomeOf(registry.content.delete(place.repository, image.blobs[1]!.digest, place.actor))).toBe(
      'DENIED',
    );
    await registry.images.delete(place.repository, parseReference(image.digest), place.actor);
    expect(await outcomeOf(registry.content.delete(place.repository, image.blobs[1]!.digest, place.actor))).toBe('ok');
    expect(await outcomeOf(registry.content.delete(place.repository, image.blobs[1]!.digest, place.actor))).toBe(
      'BLOB_UNKNOWN',
    );
  });

  it('whose bytes are lost is unknown before the first byte, and reported (R20)', async () => {
    const place = await aPlace(registry);
    const blob = aBlob();
    await pushBlob(registry, place, blob);
    await loseObject(blob.digest);
    const record = await registry.content.get(place.repository.name, blob.digest);
    const sink = new PausingSink();
    expect(await outcomeOf(registry.content.send(record, sink))).toBe('BLOB_UNKNOWN');
    expect(await outcomeOf(registry.content.readSmall(place.repository.name, blob.digest, 1e6))).toBe('BLOB_UNKNOWN');
    expect(registry.anomalies).toContain('a blob has a row but no bytes');
  });

  it('whose bytes have become fewer never passes for complete (R20, I4)', async () => {
    const place = await aPlace(registry);
    const blob = aBlob(1000);
    await pushBlob(registry, place, blob);
    await truncateObject(blob.digest, blob.bytes.subarray(0, 500));
    const record = await registry.content.get(place.repository.name, blob.digest);
    await expect(registry.content.send(record, new PausingSink())).rejects.toMatchObject({
      name: 'StorageUnavailableError',
    });
  });

  it.each(['lost', 'truncated'])(
    'whose bytes were %s is repaired by the next push of it, for every repository (R20)',
    async (how) => {
      const [place, other] = [await aPlace(registry), await aPlace(registry)];
      const blob = aBlob(1000);
      await pushBlob(registry, place, blob);
      await (how === 'lost' ? loseObject(blob.digest) : truncateObject(blob.digest, blob.bytes.subarray(1)));
      await pushBlob(registry, other, blob);
      for (const each of [place, other]) expect(await readBlob(registry, each, blob)).toEqual(blob.bytes);
      expect(registry.anomalies).toContain('a push has brought back a blob whose bytes were lost');
    },
  );
});

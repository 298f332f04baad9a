import { aBlob, anImage, anIndex, type TestBlob, type TestManifest } from '@stowage/metadata/testing';
import { type Digest, parseReference } from '@stowage/oci';
import { blobKey } from '@stowage/storage';
import { describe, expect, it } from 'vitest';
import { aPlace, openRegistry, outcomeOf, type Place, pushBlob } from './open-registry.js';

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

describe('a manifest', () => {
  it('is given back byte for byte under its digest and its tag, with the type it came with (P2, P16)', async () => {
    const place = await aPlace(registry);
    const image = anImage({ layers: 2 });
    await pushAll(place, image.blobs);
    expect(await put(place, image, 'v1')).toMatchObject({ digest: image.digest, subject: undefined });
    for (const reference of ['v1', image.digest].map(parseReference)) {
      const found = await registry.images.get(place.repository.name, reference);
      expect(Buffer.from(found.payload)).toEqual(image.bytes);
      expect(found.mediaType).toBe(image.mediaType);
      expect(await registry.images.head(place.repository.name, reference)).toMatchObject({ size: image.bytes.length });
    }
  });

  it.each<[string, (image: TestManifest) => string | undefined, string]>([
    ['under another digest', () => aBlob().digest, 'DIGEST_INVALID'],
    ['whose layers are nowhere', () => undefined, 'MANIFEST_BLOB_UNKNOWN'],
  ])('%s is refused and nothing is stored', async (_, referenceOf, code) => {
    const place = await aPlace(registry);
    const image = anImage();
    expect(await outcomeOf(put(place, image, referenceOf(image) ?? 'v1'))).toBe(code);
    expect(await outcomeOf(registry.images.get(place.repository.name, parseReference(image.digest)))).toBe(
      'MANIFEST_UNKNOWN',
    );
  });

  it("is refused when its layer is only in another tenant's repository (trap 6)", async () => {
    const [owner, thief] = [await aPlace(registry), await aPlace(registry)];
    const image = anImage();
    await pushAll(owner, image.blobs);
    await pushBlob(registry, thief, image.blobs[0]!);
    expect(await outcomeOf(put(thief, image))).toBe('MANIFEST_BLOB_UNKNOWN');
  });

  it('that states a wrong size is MANIFEST_INVALID', async () => {
    const place = await aPlace(registry);
    const layer = aBlob();
    await pushBlob(registry, place, layer);
    const image = anImage({ layers: [{ ...layer, size: layer.size + 1 }] });
    await pushBlob(registry, place, image.blobs[0]!);
    await expect(put(place, image)).rejects.toMatchObject({
      code: 'MANIFEST_INVALID',
      detail: { stated: 101, actual: 100 },
    });
  });

  it('need not have its foreign layers here, nor its subject (P16, P35)', async () => {
    const place = await aPlace(registry);
    const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
    const absent = aBlob();
    const subject = { mediaType: anImage().mediaType, digest: absent.digest, size: 1 };
    const image = anImage({
      extra: {
        layers: [{ mediaType: foreign, digest: absent.digest, size: absent.size, urls: ['https://x'] }],
        subject,
      },
    });
    await pushBlob(registry, place, image.blobs[0]!);
    expect(await put(place, image)).toMatchObject({ digest: image.digest, subject: absent.digest });
  });

  it('of an index needs its children, which then can not be deleted before it (R11)', async () => {
    const place = await aPlace(registry);
    const image = anImage();
    const index = anIndex([image]);
    expect(await outcomeOf(put(place, index))).toBe('MANIFEST_BLOB_UNKNOWN');
    await pushAll(place, image.blobs);
    await put(place, image);
    await put(place, index, 'multi');
    await put(place, anIndex([index]), 'nested');
    const remove = (reference: string) =>
      outcomeOf(registry.images.delete(place.repository, parseReference(reference), place.actor));
    expect(await remove(image.digest)).toBe('DENIED');
    expect(await remove('nested')).toBe('ok');
    expect(await remove('nested')).toBe('MANIFEST_UNKNOWN');
    expect(await remove(aBlob().digest)).toBe('MANIFEST_UNKNOWN');
  });

  it.each<[string, string, object | null]>([
    [
      'a platform',
      '{"os":"linux","architecture":"arm64","variant":"v8"}',
      { os: 'linux', architecture: 'arm64', variant: 'v8' },
    ],
    ['no platform', '{"os":"linux"}', null],
    ['NUL in it, which Postgres can not hold', '{"os":"linux\\u0000","architecture":"amd64"}', null],
    ['half a surrogate pair in it', '{"os":"linux","architecture":"\\ud800"}', null],
    ['a name of a mebibyte', JSON.stringify({ os: 'x'.repeat(500_000), architecture: 'amd64' }), null],
    ['no JSON in it', 'not json', null],
  ])('with a config that has %s is stored', async (_, config, expected) => {
    const place = await aPlace(registry);
    const image = anImage({ config: aBlob(Buffer.from(config)) });
    await pushAll(place, image.blobs);
    await put(place, image);
    const row = await registry.database.run((db) => db.manifest.findFirst({ where: { digest: image.digest } }));
    expect(row?.platform).toEqual(expected);
  });

  it('whose config was lost asks for it again (R20)', async () => {
    const place = await aPlace(registry);
    const image = anImage();
    await pushAll(place, image.blobs);
    await loseObject(image.blobs[0]!.digest);
    expect(await outcomeOf(put(place, image))).toBe('MANIFEST_BLOB_UNKNOWN');
    await pushBlob(registry, place, image.blobs[0]!);
    expect(await outcomeOf(put(place, image))).toBe('ok');
  });
});

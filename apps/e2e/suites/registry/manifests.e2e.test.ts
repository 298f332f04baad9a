import { MEDIA_TYPES } from '@stowage/oci';
import { expect, test } from 'vitest';
import { expectOciError } from '../../support/expect-oci.js';
import { anImage, anIndex, digestOf, manifestOf } from '../../support/images.js';
import { bytesOf, insist, locationOf } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);

test.each(['oci', 'docker'] as const)(
  'serves a pushed %s image by tag and by digest, byte for byte (P2, P16, P34)',
  async (format) => {
    const repository = owner.newRepository();
    const image = await anImage({ format });
    for (const blob of [image.config, ...image.layers]) await owner.client.pushBlob(repository, blob);
    const put = await owner.client.putManifest(repository, 'v1', image.manifest);
    await insist(put, 201);
    expect(put.headers.get('docker-content-digest')).toBe(image.manifest.digest);
    expect(locationOf(put)).toMatch(new RegExp(`^/v2/${repository}/manifests/`));
    for (const reference of ['v1', image.manifest.digest]) {
      const get = await owner.client.getManifest(repository, reference);
      expect(get.status).toBe(200);
      expect(get.headers.get('content-type')).toBe(image.manifest.mediaType);
      expect(get.headers.get('docker-content-digest')).toBe(image.manifest.digest);
      expect(get.headers.get('content-length')).toBe(String(image.manifest.bytes.length));
      expect((await bytesOf(get)).equals(image.manifest.bytes)).toBe(true);
    }
  },
);

test('HEAD of a manifest equals GET but for the body (P2)', async () => {
  const repository = owner.newRepository();
  const image = await anImage();
  await owner.client.pushImage(repository, 'v1', image);
  const get = await owner.client.getManifest(repository, 'v1');
  const head = await owner.client.request('HEAD', `/v2/${repository}/manifests/v1`);
  expect(head.status).toBe(200);
  expect(await bytesOf(head)).toHaveLength(0);
  for (const name of ['content-type', 'content-length', 'docker-content-digest', 'etag']) {
    expect(head.headers.get(name), name).toBe(get.headers.get(name));
  }
});

test('answers 304 to a client that has the manifest, and 200 once the tag has moved (P33)', async () => {
  const repository = owner.newRepository();
  await owner.client.pushImage(repository, 'latest', await anImage());
  const etag = (await owner.client.getManifest(repository, 'latest')).headers.get('etag') ?? '';
  const again = await owner.client.getManifest(repository, 'latest', { 'if-none-match': etag });
  expect(again.status).toBe(304);
  await owner.client.pushImage(repository, 'latest', await anImage());
  const moved = await owner.client.getManifest(repository, 'latest', { 'if-none-match': etag });
  expect(moved.status).toBe(200);
});

test('a tag moves to what was pushed last, and what it left stays by digest', async () => {
  const repository = owner.newRepository();
  const [first, second] = [await anImage(), await anImage()];
  await owner.client.pushImage(repository, 'latest', first);
  await owner.client.pushImage(repository, 'latest', second);
  const latest = await owner.client.getManifest(repository, 'latest');
  expect(latest.headers.get('docker-content-digest')).toBe(second.manifest.digest);
  expect((await owner.client.getManifest(repository, first.manifest.digest)).status).toBe(200);
});

test.each(['oci', 'docker'] as const)('serves an %s index and its children', async (format) => {
  const repository = owner.newRepository();
  const index = await anIndex(['amd64', 'arm64'], format);
  await owner.client.pushIndex(repository, 'multi', index);
  const get = await owner.client.getManifest(repository, 'multi');
  expect(get.headers.get('content-type')).toBe(index.manifest.mediaType);
  expect((await bytesOf(get)).equals(index.manifest.bytes)).toBe(true);
  for (const { manifest } of index.images) {
    const child = await owner.client.getManifest(repository, manifest.digest);
    expect((await bytesOf(child)).equals(manifest.bytes)).toBe(true);
  }
});

test('takes an artifact without layers and with unknown members (P35)', async () => {
  const repository = owner.newRepository();
  const empty = { bytes: Buffer.from('{}'), digest: digestOf(Buffer.from('{}')) };
  await owner.client.pushBlob(repository, empty);
  const manifest = manifestOf(MEDIA_TYPES.ociManifest, {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociManifest,
    artifactType: 'application/vnd.example.note',
    config: { mediaType: MEDIA_TYPES.ociEmpty, digest: empty.digest, size: 2, data: 'e30=' },
    layers: [],
    annotations: { 'org.example.note': 'hello' },
    'x-future': { nested: [1, 2, 3] },
  });
  await insist(await owner.client.putManifest(repository, 'note', manifest), 201);
  const get = await owner.client.getManifest(repository, 'note');
  expect((await bytesOf(get)).equals(manifest.bytes)).toBe(true);
});

test('takes a manifest of more than 4 MiB (P16)', async () => {
  const repository = owner.newRepository();
  const { config } = await anImage({ layers: 1 });
  await owner.client.pushBlob(repository, config);
  const manifest = manifestOf(MEDIA_TYPES.ociManifest, {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociManifest,
    config: { mediaType: MEDIA_TYPES.ociConfig, digest: config.digest, size: config.bytes.length },
    layers: [],
    annotations: { large: 'x'.repeat(4_500_000) },
  });
  await insist(await owner.client.putManifest(repository, 'large', manifest), 201);
  const get = await owner.client.getManifest(repository, 'large');
  expect((await bytesOf(get)).equals(manifest.bytes)).toBe(true);
});

test('takes a manifest by its sha512 digest and serves it under that name (P13)', async () => {
  const repository = owner.newRepository();
  const image = await anImage();
  for (const blob of [image.config, ...image.layers]) await owner.client.pushBlob(repository, blob);
  const digest = digestOf(image.manifest.bytes, 'sha512');
  await insist(await owner.client.putManifest(repository, digest, image.manifest), 201);
  const get = await owner.client.getManifest(repository, digest);
  expect(get.headers.get('docker-content-digest')).toBe(digest);
  expect((await bytesOf(get)).equals(image.manifest.bytes)).toBe(true);
});

test('deleting a tag leaves the manifest and the other tags (P25)', async () => {
  const repository = owner.newRepository();
  const image = await anImage();
  await owner.client.pushImage(repository, 'one', image);
  await insist(await owner.client.putManifest(repository, 'two', image.manifest), 201);
  await insist(await owner.client.request('DELETE', `/v2/${repository}/manifests/one`), 202);
  await expectOciError(await owner.client.getManifest(repository, 'one'), 404, 'MANIFEST_UNKNOWN');
  for (const reference of ['two', image.manifest.digest]) {
    expect((await owner.client.getManifest(repository, reference)).status).toBe(200);
  }
});

test('deleting a manifest takes its tags with it at once (P26)', async () => {
  const repository = owner.newRepository();
  const [image, other] = [await anImage(), await anImage()];
  await owner.client.pushImage(repository, 'one', image);
  await insist(await owner.client.putManifest(repository, 'two', image.manifest), 201);
  await owner.client.pushImage(repository, 'other', other);
  await insist(await owner.client.request('DELETE', `/v2/${repository}/manifests/${image.manifest.digest}`), 202);
  for (const reference of ['one', 'two', image.manifest.digest]) {
    await expectOciError(await owner.client.getManifest(repository, reference), 404, 'MANIFEST_UNKNOWN');
  }
  const tags = await owner.client.request('GET', `/v2/${repository}/tags/list`);
  expect(await tags.json()).toEqual({ name: repository, tags: ['other'] });
});

test('deleting what is not there is 404', async () => {
  const repository = owner.newRepository();
  await owner.client.pushImage(repository, 'v1', await anImage());
  const { manifest } = await anImage();
  for (const reference of ['absent', manifest.digest]) {
    const response = await owner.client.request('DELETE', `/v2/${repository}/manifests/${reference}`);
    await expectOciError(response, 404, 'MANIFEST_UNKNOWN');
  }
});

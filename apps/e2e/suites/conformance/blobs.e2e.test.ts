// What the official conformance program asks of blobs, under both digest algorithms: each way to push, mount, cancel,
// ranges, bytes that are not those of the digest, chunks out of order. Rows P3–P15, P29.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BLOB_PUSHES, chunksOf, inChunks } from '../../support/conformance/blob-pushes.js';
import { type Content, digestOf } from '../../support/images.js';
import { bytesOf, insist, locationOf } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const owner = useOwner(useSharedStowage());

describe.each(['sha256', 'sha512'] as const)('a blob under %s', (algorithm) => {
  const blobOf = (bytes: Buffer<ArrayBuffer>): Content => ({ bytes, digest: digestOf(bytes, algorithm) });
  const someBlob = (size = 3067): Content => blobOf(randomBytes(size));
  const path = (repository: string, { digest }: Content) => `/v2/${repository}/blobs/${digest}`;

  async function expectThere(repository: string, blob: Content): Promise<void> {
    const head = await owner.client.request('HEAD', path(repository, blob));
    const get = await owner.client.request('GET', path(repository, blob));
    expect([head.status, get.status]).toEqual([200, 200]);
    expect((await bytesOf(get)).equals(blob.bytes)).toBe(true);
    for (const response of [head, get]) {
      expect(response.headers.get('content-length')).toBe(String(blob.bytes.length));
      expect(response.headers.get('docker-content-digest')).toBe(blob.digest);
    }
  }

  async function expectPushed(response: Response, repository: string, blob: Content): Promise<void> {
    await insist(response, 201);
    expect(response.headers.get('docker-content-digest')).toBe(blob.digest);
    expect(locationOf(response)).toBe(path(repository, blob));
    await expectThere(repository, blob);
  }

  async function remove(repository: string, blob: Content): Promise<void> {
    await insist(await owner.client.request('DELETE', path(repository, blob)), 202);
    expect((await owner.client.request('HEAD', path(repository, blob))).status).toBe(404);
  }

  it.each(BLOB_PUSHES)('is pushed with %s, pulled and deleted', async (_, push) => {
    const [repository, blob] = [owner.newRepository(), someBlob()];
    await expectPushed(await push({ client: owner.client, repository, blob }), repository, blob);
    await remove(repository, blob);
  });

  it.each(BLOB_PUSHES)('is not stored by %s when the bytes are others', async (_, push) => {
    const [repository, blob] = [owner.newRepository(), someBlob()];
    const wrong = { digest: blob.digest, bytes: Buffer.concat([blob.bytes, Buffer.from('oh no')]) };
    await insist(await push({ client: owner.client, repository, blob: wrong }), 400);
    expect((await owner.client.request('HEAD', path(repository, blob))).status).toBe(404);
  });

  it.each([
    ['no bytes', ''],
    ['two', '{}'],
  ])('of %s is like any other', async (_, text) => {
    const [repository, blob] = [owner.newRepository(), blobOf(Buffer.from(text))];
    await owner.client.pushBlob(repository, blob);
    await expectThere(repository, blob);
    await remove(repository, blob);
  });

  it('that a repository of the caller has is mounted, with its name and without', async () => {
    for (const named of [true, false]) {
      const [source, target, blob] = [owner.newRepository(), owner.newRepository(), someBlob()];
      await owner.client.pushBlob(source, blob);
      const query = new URLSearchParams({ mount: blob.digest, ...(named ? { from: source } : {}) });
      const response = await owner.client.request('POST', `/v2/${target}/blobs/uploads/?${query}`);
      await expectPushed(response, target, blob);
    }
  });

  it('that no repository has opens a session instead of a mount, which takes the bytes', async () => {
    const [source, target, blob] = [owner.newRepository(), owner.newRepository(), someBlob()];
    const query = new URLSearchParams({ mount: blob.digest, from: source });
    const response = await owner.client.request('POST', `/v2/${target}/blobs/uploads/?${query}`);
    await insist(response, 202);
    const pushed = await owner.client.finishUpload(locationOf(response), blob.digest, blob.bytes);
    await expectPushed(pushed, target, blob);
  });

  it('whose upload is cancelled is nowhere', async () => {
    const [repository, blob] = [owner.newRepository(), someBlob()];
    const patched = await owner.client.patch(await owner.client.startUpload(repository), blob.bytes);
    await insist(await owner.client.request('DELETE', locationOf(patched)), 204);
    expect((await owner.client.finishUpload(locationOf(patched), blob.digest)).status).toBe(404);
    expect((await owner.client.request('GET', path(repository, blob))).status).toBe(404);
  });

  // The larger chunk is still on its way when its refusal is sent.
  it.each([1024, 5 * 1024 * 1024])('goes on after each chunk of %i bytes that was out of order', async (size) => {
    const [repository, blob] = [owner.newRepository(), someBlob(3 * size - 5)];
    const push = { client: owner.client, repository, blob };
    const chunks = chunksOf(blob, size);
    let location = await owner.client.startUpload(repository);
    for (const [at, chunk] of chunks.entries()) {
      const wrong = chunks[at + 1] ?? chunks[0]!;
      const refused = await owner.client.patch(location, wrong.bytes, wrong.range);
      await insist(refused, 416);
      const status = await owner.client.request('GET', locationOf(refused));
      expect(status.status).toBe(204);
      expect(status.headers.get('range')).toBe(`0-${Math.max(0, at * size - 1)}`);
      location = await inChunks(push, [chunk], locationOf(status));
    }
    await expectPushed(await owner.client.finishUpload(location, blob.digest), repository, blob);
  });

  it.each([
    ['bytes=500-1499', 500, 1499],
    ['bytes=500-', 500, 2047],
    ['bytes=-500', 1548, 2047],
    ['bytes=2000-5000', 2000, 2047],
  ])('answers Range: %s with just those bytes', async (range, first, last) => {
    const [repository, blob] = [owner.newRepository(), someBlob(2048)];
    await owner.client.pushBlob(repository, blob);
    const response = await owner.client.getBlob(repository, blob.digest, { range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${last}/2048`);
    expect(response.headers.get('content-length')).toBe(String(last - first + 1));
    expect((await bytesOf(response)).equals(blob.bytes.subarray(first, last + 1))).toBe(true);
  });

  it.each(['bytes=500-0', 'bytes=5000-10000'])('answers Range: %s with 416', async (range) => {
    const [repository, blob] = [owner.newRepository(), someBlob(2048)];
    await owner.client.pushBlob(repository, blob);
    expect((await owner.client.getBlob(repository, blob.digest, { range })).status).toBe(416);
  });
});

describe('a manifest', () => {
  it('whose digest is no digest is neither stored nor found', async () => {
    const [repository, reference] = [owner.newRepository(), 'sha256:baddigeststring'];
    const manifest = { bytes: Buffer.from('{}'), digest: digestOf(Buffer.from('{}')), mediaType: 'application/json' };
    expect((await owner.client.putManifest(repository, reference, manifest)).status).toBe(400);
    expect([400, 404]).toContain((await owner.client.getManifest(repository, reference)).status);
  });

  it('that nobody pushed is unknown, by tag and by digest', async () => {
    const repository = owner.newRepository();
    for (const reference of ['never', digestOf(randomBytes(8)), digestOf(randomBytes(8), 'sha512')]) {
      expect((await owner.client.getManifest(repository, reference)).status).toBe(404);
    }
  });
});

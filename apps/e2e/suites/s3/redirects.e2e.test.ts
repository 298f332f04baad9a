import { beforeAll, describe, expect, test } from 'vitest';
import { expectOciError, expectRefused } from '../../support/expect-oci.js';
import { anImage, type Content, noise } from '../../support/images.js';
import { signUp } from '../../support/management-api.js';
import { bytesOf, insist, locationOf } from '../../support/registry-client.js';
import { redirectTarget, useRedirecting } from '../../support/topology/use-redirecting.js';
import { clientOf, useOwner } from '../../support/use-owner.js';

const s3 = await redirectTarget('downloads that are sent to S3');

describe.runIf(s3)('a download that is sent to the bucket (S2)', () => {
  const running = useRedirecting(s3!);
  const owner = useOwner(running);
  let repository = '';
  let blob: Content;

  beforeAll(async () => {
    repository = owner.newRepository();
    blob = noise(100_000);
    await owner.client.pushBlob(repository, blob);
  });

  const get = (headers: Record<string, string> = {}) => owner.client.getBlob(repository, blob.digest, headers);
  const path = () => `/v2/${repository}/blobs/${blob.digest}`;

  test('is had at the public endpoint, without credentials, with one GET', async () => {
    const response = await get();
    expect(response.status).toBe(307);
    const location = new URL(locationOf(response));
    expect(location.origin).toBe(running.publicEndpoint);
    // What it says is for this caller and for a while; a cache that kept it would give it to others.
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await response.arrayBuffer()).byteLength).toBe(0);
    const seen = running.seen.length;
    const download = await fetch(location);
    expect(download.status).toBe(200);
    expect((await bytesOf(download)).equals(blob.bytes)).toBe(true);
    expect(running.seen.slice(seen)).toMatchObject([{ method: 'GET', status: 200, isAuthorized: false }]);
  });

  test('opens that one object, for reading, for minutes', async () => {
    const location = new URL(locationOf(await get()));
    expect(Number(location.searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(900);
    const other = noise(10);
    await owner.client.pushBlob(repository, other);
    const elsewhere = new URL(locationOf(await owner.client.getBlob(repository, other.digest)));
    const forged = new URL(elsewhere.pathname + location.search, location);
    expect((await fetch(forged)).status).toBe(403);
    expect((await fetch(location, { method: 'PUT', body: 'other bytes' })).status).toBe(403);
    expect((await fetch(location, { method: 'DELETE' })).status).toBe(403);
    expect((await bytesOf(await fetch(location))).equals(blob.bytes)).toBe(true);
  });

  test.each([
    { range: 'bytes=0-9', content: 'bytes 0-9/100000', slice: [0, 10] },
    { range: 'bytes=99990-', content: 'bytes 99990-99999/100000', slice: [99_990, 100_000] },
    { range: 'bytes=-5', content: 'bytes 99995-99999/100000', slice: [99_995, 100_000] },
  ])('takes the range $range along', async ({ range, content, slice }) => {
    const response = await get({ range });
    expect(response.status).toBe(307);
    const part = await fetch(locationOf(response), { headers: { range } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, content]);
    expect((await bytesOf(part)).equals(blob.bytes.subarray(...slice))).toBe(true);
  });

  test.each(['bytes=', 'bytes=a-b', 'items=0-9', 'bytes=0-9,20-29', '0-9'])(
    'is not sent there with the range "%s", which services understand differently',
    async (range) => {
      const response = await get({ range });
      expect([response.status, response.headers.get('location')]).toEqual([200, null]);
      expect((await bytesOf(response)).equals(blob.bytes)).toBe(true);
    },
  );

  test.each(['bytes=100000-', 'bytes=9-0', 'bytes=-0'])('is refused with the range "%s"', async (range) => {
    const response = await get({ range });
    expect(response.headers.get('location')).toBeNull();
    expect(response.headers.get('content-range')).toBe('bytes */100000');
    await response.arrayBuffer();
    expect(response.status).toBe(416);
  });

  test('leaves HEAD to the registry, which knows size and digest', async () => {
    const response = await owner.client.request('HEAD', path());
    expect([response.status, response.headers.get('location')]).toEqual([200, null]);
    expect(response.headers.get('content-length')).toBe('100000');
    expect(response.headers.get('docker-content-digest')).toBe(blob.digest);
  });

  test('is not needed by who has the bytes', async () => {
    const response = await get({ 'if-none-match': `"${blob.digest}"` });
    expect([response.status, response.headers.get('location')]).toEqual([304, null]);
  });

  test('is for blobs: a manifest comes from the registry', async () => {
    const image = await anImage();
    await owner.client.pushImage(repository, 'v1', image);
    const response = await owner.client.getManifest(repository, 'v1');
    expect(response.status).toBe(200);
    expect((await bytesOf(response)).equals(image.manifest.bytes)).toBe(true);
  });

  test('is shown to nobody who may not pull', async () => {
    const stranger = clientOf(running.url, await signUp(running.url, 'stranger'));
    const nameless = await fetch(new URL(path(), running.url), { redirect: 'manual' });
    for (const response of [nameless, await stranger.getBlob(repository, blob.digest)]) {
      expect(response.headers.get('location')).toBeNull();
      await expectRefused(response);
    }
  });

  test('is over when the blob is deleted', async () => {
    const doomed = noise(1000);
    await owner.client.pushBlob(repository, doomed);
    expect((await owner.client.getBlob(repository, doomed.digest)).status).toBe(307);
    await insist(await owner.client.request('DELETE', `/v2/${repository}/blobs/${doomed.digest}`), 202);
    await expectOciError(await owner.client.getBlob(repository, doomed.digest), 404, 'BLOB_UNKNOWN');
  });
});

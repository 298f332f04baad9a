import { beforeAll, expect, test } from 'vitest';
import { expectOciError } from '../../support/expect-oci.js';
import { noise } from '../../support/images.js';
import { bytesOf, insist } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);
const blob = noise(5000);
let repository = '';

beforeAll(async () => {
  repository = owner.newRepository();
  await owner.client.pushBlob(repository, blob);
});

test('HEAD answers as GET does, without the bytes (P3)', async () => {
  const get = await owner.client.getBlob(repository, blob.digest);
  const head = await owner.client.request('HEAD', `/v2/${repository}/blobs/${blob.digest}`);
  for (const response of [get, head]) {
    expect(response.status).toBe(200);
    expect(response.headers.get('docker-content-digest')).toBe(blob.digest);
    expect(response.headers.get('content-length')).toBe('5000');
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('etag')).toBe(get.headers.get('etag'));
  }
  expect((await bytesOf(get)).equals(blob.bytes)).toBe(true);
  expect(await bytesOf(head)).toHaveLength(0);
});

test.each([
  { range: 'bytes=500-1499', first: 500, end: 1500 },
  { range: 'bytes=500-', first: 500, end: 5000 },
  { range: 'bytes=-500', first: 4500, end: 5000 },
  { range: 'bytes=2000-9000', first: 2000, end: 5000 },
  { range: 'bytes=0-0', first: 0, end: 1 },
])('serves a part for Range: $range (P4)', async ({ range, first, end }) => {
  const response = await owner.client.getBlob(repository, blob.digest, { range });
  expect(response.status).toBe(206);
  expect(response.headers.get('content-range')).toBe(`bytes ${first}-${end - 1}/5000`);
  expect((await bytesOf(response)).equals(blob.bytes.subarray(first, end))).toBe(true);
});

test.each(['bytes=5000-10000', 'bytes=500-0', 'bytes=-0'])('answers 416 to Range: %s (P4)', async (range) => {
  const response = await owner.client.getBlob(repository, blob.digest, { range });
  expect(response.headers.get('content-range')).toBe('bytes */5000');
  await expectOciError(response, 416, 'RANGE_INVALID');
});

test.each([
  'bytes=0-0,2-2',
  `bytes=${Array.from({ length: 1000 }, (_, at) => `${at}-${at}`).join(',')}`,
  'bytes=0-,0-,0-,0-',
  'lines=1-2',
  'bytes=1-2-3',
  'nonsense',
])('serves all of it, once, for Range: %.40s (5.14)', async (range) => {
  const response = await owner.client.getBlob(repository, blob.digest, { range });
  expect([response.status, response.headers.get('content-length')]).toEqual([200, '5000']);
  expect((await bytesOf(response)).equals(blob.bytes)).toBe(true);
});

test('answers 304 to a client that has the bytes (P33)', async () => {
  const get = await owner.client.getBlob(repository, blob.digest);
  await get.arrayBuffer();
  const etag = get.headers.get('etag') ?? '';
  expect(etag).toContain(blob.digest);
  const again = await owner.client.getBlob(repository, blob.digest, { 'if-none-match': etag });
  expect(again.status).toBe(304);
  expect(await bytesOf(again)).toHaveLength(0);
});

test('an absent blob is 404 for GET and HEAD of somebody who may push (P38)', async () => {
  const absent = noise(10);
  await expectOciError(await owner.client.getBlob(repository, absent.digest), 404, 'BLOB_UNKNOWN');
  const head = await owner.client.request('HEAD', `/v2/${repository}/blobs/${absent.digest}`);
  expect(head.status).toBe(404);
});

test('a blob is visible only in the repositories that it was brought to (trap 8)', async () => {
  const other = owner.newRepository();
  await owner.client.pushBlob(other, noise(10));
  await expectOciError(await owner.client.getBlob(other, blob.digest), 404, 'BLOB_UNKNOWN');
});

test('a deleted blob is gone from this repository at once, also where it was just read, and stays in the others (P27, trap 10)', async () => {
  const [first, second] = [owner.newRepository(), owner.newRepository()];
  const shared = noise(1000);
  await owner.client.pushBlob(first, shared);
  await owner.client.pushBlob(second, shared);
  const head = async () => (await owner.client.request('HEAD', `/v2/${first}/blobs/${shared.digest}`)).status;
  expect(await head()).toBe(200);
  await insist(await owner.client.request('DELETE', `/v2/${first}/blobs/${shared.digest}`), 202);
  expect(await head()).toBe(404);
  await expectOciError(await owner.client.getBlob(first, shared.digest), 404, 'BLOB_UNKNOWN');
  const kept = await owner.client.getBlob(second, shared.digest);
  expect((await bytesOf(kept)).equals(shared.bytes)).toBe(true);
  await owner.client.pushBlob(first, shared);
  expect((await owner.client.getBlob(first, shared.digest)).status).toBe(200);
});

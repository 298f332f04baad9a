import { parseContentRange } from '@stowage/oci';
import { describe, expect, test } from 'vitest';
import { expectOciError } from '../../support/expect-oci.js';
import { content, digestOf, noise } from '../../support/images.js';
import { poll } from '../../support/poll.js';
import { cutRequest } from '../../support/raw-http.js';
import { bytesOf, insist, locationOf, withQuery } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);

async function expectServed(repository: string, blob: { bytes: Buffer; digest: string }): Promise<void> {
  const response = await owner.client.getBlob(repository, blob.digest);
  expect(response.status).toBe(200);
  expect((await bytesOf(response)).equals(blob.bytes)).toBe(true);
}

/** `Range: 0-<end>` without a unit (P9): how many bytes the session holds. */
function heldBytes(response: Response): number {
  const header = response.headers.get('range');
  expect(header).toMatch(/^0-\d+$/);
  return parseContentRange(header ?? '').last + 1;
}

test('takes a blob by POST and PUT and names it in the answer (P6, P37, P39)', async () => {
  const repository = owner.newRepository();
  const blob = noise(100_000);
  const start = await owner.client.request('POST', `/v2/${repository}/blobs/uploads/`);
  await insist(start, 202);
  const location = locationOf(start);
  expect(location, 'a relative Location survives every proxy').toMatch(/^\/v2\//);
  const put = await owner.client.finishUpload(location, blob.digest, blob.bytes);
  await insist(put, 201);
  expect(put.headers.get('docker-content-digest')).toBe(blob.digest);
  expect(locationOf(put)).toBe(`/v2/${repository}/blobs/${blob.digest}`);
  await expectServed(repository, blob);
});

test('takes a blob in a single POST that names the digest (P7)', async () => {
  const repository = owner.newRepository();
  const blob = noise(5000);
  const post = await owner.client.request('POST', `/v2/${repository}/blobs/uploads/?digest=${blob.digest}`, {
    headers: { 'content-type': 'application/octet-stream' },
    body: blob.bytes,
  });
  await insist(post, 201);
  expect(post.headers.get('docker-content-digest')).toBe(blob.digest);
  await expectServed(repository, blob);
});

test('appends a PATCH without Content-Range and finishes with an empty PUT (P8)', async () => {
  const repository = owner.newRepository();
  const blob = noise(3_000_000);
  const patch = await owner.client.patch(await owner.client.startUpload(repository), blob.bytes);
  await insist(patch, 202);
  expect(patch.headers.get('range')).toBe(`0-${blob.bytes.length - 1}`);
  await insist(await owner.client.finishUpload(locationOf(patch), blob.digest), 201);
  await expectServed(repository, blob);
});

test('takes chunks in order, says how far it is, and the last one with the PUT (P8, P9)', async () => {
  const repository = owner.newRepository();
  const blob = noise(30_000);
  let location = await owner.client.startUpload(repository);
  for (const first of [0, 10_000]) {
    const chunk = Buffer.from(blob.bytes.subarray(first, first + 10_000));
    const patch = await owner.client.patch(location, chunk, `${first}-${first + 9999}`);
    await insist(patch, 202);
    expect(patch.headers.get('range')).toBe(`0-${first + 9999}`);
    location = locationOf(patch);
    const status = await owner.client.request('GET', location);
    await insist(status, 204);
    expect(heldBytes(status)).toBe(first + 10_000);
    expect(locationOf(status)).toMatch(/^\/v2\//);
  }
  const put = await owner.client.request('PUT', withQuery(location, { digest: blob.digest }), {
    headers: { 'content-type': 'application/octet-stream', 'content-range': '20000-29999' },
    body: Buffer.from(blob.bytes.subarray(20_000)),
  });
  await insist(put, 201);
  await expectServed(repository, blob);
});

test.each([
  { chunk: 'skips bytes', range: '20-29' },
  { chunk: 'starts again at 0', range: '0-9' },
])('answers 416 with where to go on to a chunk that $chunk (P8)', async ({ range }) => {
  const repository = owner.newRepository();
  const blob = noise(20);
  const first = await owner.client.patch(
    await owner.client.startUpload(repository),
    Buffer.from(blob.bytes.subarray(0, 10)),
    '0-9',
  );
  await insist(first, 202);
  const wrong = await owner.client.patch(locationOf(first), Buffer.from(blob.bytes.subarray(10)), range);
  expect(heldBytes(wrong)).toBe(10);
  const location = locationOf(wrong);
  await expectOciError(wrong, 416, ['BLOB_UPLOAD_INVALID', 'RANGE_INVALID']);
  const right = await owner.client.patch(location, Buffer.from(blob.bytes.subarray(10)), '10-19');
  await insist(right, 202);
  await insist(await owner.client.finishUpload(locationOf(right), blob.digest), 201);
  await expectServed(repository, blob);
});

test('forgets a session that is cancelled (P10)', async () => {
  const repository = owner.newRepository();
  const location = await owner.client.startUpload(repository);
  await insist(await owner.client.patch(location, noise(1000).bytes), 202);
  await insist(await owner.client.request('DELETE', location), 204);
  await expectOciError(await owner.client.request('GET', location), 404, 'BLOB_UPLOAD_UNKNOWN');
  await expectOciError(await owner.client.patch(location, noise(10).bytes), 404, 'BLOB_UPLOAD_UNKNOWN');
});

test('a session is over once its blob is there', async () => {
  const repository = owner.newRepository();
  const location = await owner.client.startUpload(repository);
  const blob = noise(100);
  await insist(await owner.client.finishUpload(location, blob.digest, blob.bytes), 201);
  await expectOciError(await owner.client.request('GET', location), 404, 'BLOB_UPLOAD_UNKNOWN');
});

test('goes on after a cut connection from where the session stands', async () => {
  const repository = owner.newRepository();
  const blob = noise(2_000_000);
  const location = await owner.client.startUpload(repository);
  const token = await owner.client.tokenFor(`repository:${repository}:pull,push`);
  const path = new URL(location, running.url);
  const sent = blob.bytes.subarray(0, 700_000);
  await cutRequest(running.url, {
    method: 'PATCH',
    path: `${path.pathname}${path.search}`,
    token,
    contentLength: blob.bytes.length,
    bytes: sent,
  });
  const finished = await poll(() => resume(location, blob.bytes), { what: 'the upload to be resumable' });
  await insist(await owner.client.finishUpload(finished, blob.digest), 201);
  await expectServed(repository, blob);
});

/** What a client does: ask how far the session is and send the rest; the cut request may just be ending. */
async function resume(location: string, bytes: Buffer): Promise<string | undefined> {
  const status = await owner.client.request('GET', location);
  await insist(status, 204);
  const held = /^0-0$/.test(status.headers.get('range') ?? '') ? 0 : heldBytes(status);
  const patch = await owner.client.patch(
    locationOf(status),
    Buffer.from(bytes.subarray(held)),
    `${held}-${bytes.length - 1}`,
  );
  await patch.arrayBuffer();
  return patch.status === 202 ? locationOf(patch) : undefined;
}

test('takes a blob of no bytes (P35)', async () => {
  const repository = owner.newRepository();
  const blob = content('');
  await owner.client.pushBlob(repository, blob);
  const response = await owner.client.getBlob(repository, blob.digest);
  expect(response.status).toBe(200);
  expect(await bytesOf(response)).toHaveLength(0);
});

test('takes and serves a blob by its sha512 digest (P13)', async () => {
  const repository = owner.newRepository();
  const { bytes } = noise(40_000);
  const blob = { bytes, digest: digestOf(bytes, 'sha512') };
  await owner.client.pushBlob(repository, blob);
  const response = await owner.client.getBlob(repository, blob.digest);
  expect(response.headers.get('docker-content-digest')).toBe(blob.digest);
  expect((await bytesOf(response)).equals(bytes)).toBe(true);
});

describe('an upload that announces its algorithm (P12)', () => {
  test.each(['sha256', 'sha512'] as const)('takes a blob in chunks and finishes under %s', async (algorithm) => {
    const repository = owner.newRepository();
    const { bytes } = noise(40_000);
    const digest = digestOf(bytes, algorithm);
    const start = await owner.client.request('POST', `/v2/${repository}/blobs/uploads/?digest-algorithm=${algorithm}`);
    await insist(start, 202);
    let location = locationOf(start);
    for (const first of [0, 20_000]) {
      const chunk = Buffer.from(bytes.subarray(first, first + 20_000));
      const patch = await owner.client.patch(location, chunk, `${first}-${first + 19_999}`);
      await insist(patch, 202);
      location = locationOf(patch);
    }
    await insist(await owner.client.finishUpload(location, digest), 201);
    await expectServed(repository, { bytes, digest });
  });

  test('may finish under the other one: it was a hint', async () => {
    const repository = owner.newRepository();
    const blob = noise(5000);
    const start = await owner.client.request('POST', `/v2/${repository}/blobs/uploads/?digest-algorithm=sha512`);
    await insist(start.clone(), 202);
    await insist(await owner.client.finishUpload(locationOf(start), blob.digest, blob.bytes), 201);
    await expectServed(repository, blob);
  });

  test.each(['md5', 'SHA256', 'sha256+b64', ''])('is refused for "%s"', async (algorithm) => {
    const path = `/v2/${owner.newRepository()}/blobs/uploads/?digest-algorithm=${encodeURIComponent(algorithm)}`;
    await expectOciError(await owner.client.request('POST', path), 400, 'DIGEST_INVALID');
  });
});

test('the same blob may be pushed again, also by several clients at once', async () => {
  const repository = owner.newRepository();
  const blob = noise(200_000);
  await Promise.all(Array.from({ length: 6 }, () => owner.client.pushBlob(repository, blob)));
  await expectServed(repository, blob);
});

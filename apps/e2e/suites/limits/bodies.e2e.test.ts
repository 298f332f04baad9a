import { createHash, randomBytes } from 'node:crypto';
import { formatDigest, MAX_MANIFEST_BYTES, MEDIA_TYPES } from '@stowage/oci';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { bytesBelow } from '../../support/disk.js';
import { expectAlive } from '../../support/expect-alive.js';
import { expectOciError } from '../../support/expect-oci.js';
import { noise } from '../../support/images.js';
import { poll } from '../../support/poll.js';
import { ProcessGauge } from '../../support/process-memory.js';
import { RawSocket, statusIn } from '../../support/raw-socket.js';
import { insist, locationOf } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useStowage } from '../../support/use-stowage.js';

const MIB = 1024 * 1024;
const running = useStowage();
const owner = useOwner(running);
let repository = '';
let gauge: ProcessGauge;

beforeAll(() => {
  repository = owner.newRepository();
  gauge = new ProcessGauge(running.server.pid);
});

afterEach(() => expectAlive(running));

test('a blob of 512 MiB is no manifest, and is not read to find that out (CVE-2017-11468)', async () => {
  const chunk = randomBytes(32 * MIB);
  const hash = createHash('sha256');
  let location = await owner.client.startUpload(repository);
  for (let sent = 0; sent < 16; sent += 1) {
    hash.update(chunk);
    const patch = await owner.client.patch(location, chunk);
    await insist(patch, 202);
    location = locationOf(patch);
  }
  const digest = formatDigest('sha256', hash.digest('hex'));
  await insist(await owner.client.finishUpload(location, digest), 201);
  const before = gauge.resetPeak();
  for (let round = 0; round < 10; round += 1) {
    await expectOciError(await owner.client.getManifest(repository, digest), 404, 'MANIFEST_UNKNOWN');
    const head = await owner.client.request('HEAD', `/v2/${repository}/manifests/${digest}`);
    expect(head.status).toBe(404);
  }
  expect(gauge.peak() - before).toBeLessThan(32);
}, 240_000);

test('a manifest that says it is too large is refused before a byte of it comes (5.1)', async () => {
  const token = await owner.client.tokenFor(`repository:${repository}:pull,push`);
  const socket = await RawSocket.open(running.url);
  const lines = [`Content-Type: ${MEDIA_TYPES.ociManifest}`, `Content-Length: ${MAX_MANIFEST_BYTES + 1}`];
  await socket.head({ method: 'PUT', path: `/v2/${repository}/manifests/large`, token, lines });
  expect(statusIn(await socket.answer())).toBe(413);
  socket.destroy();
});

test('manifests that never end are cut off while they stream, and not kept (5.1)', async () => {
  const token = await owner.client.tokenFor(`repository:${repository}:pull,push`);
  const block = Buffer.alloc(256 * 1024, ' ');
  const chunk = Buffer.concat([Buffer.from(`${block.length.toString(16)}\r\n`), block, Buffer.from('\r\n')]);
  const before = gauge.resetPeak();
  const ends = Array.from({ length: 4 }, async () => {
    const socket = await RawSocket.open(running.url);
    const lines = [`Content-Type: ${MEDIA_TYPES.ociManifest}`, 'Transfer-Encoding: chunked'];
    await socket.head({ method: 'PUT', path: `/v2/${repository}/manifests/endless`, token, lines });
    const answer = socket.answer();
    let sentBytes = 0;
    // What comes after the refusal is thrown away for a while, so that the sender gets to read it; then it is enough.
    while (!socket.isClosed && sentBytes < 512 * MIB) {
      await socket.send(chunk);
      sentBytes += block.length;
    }
    return { status: statusIn(await answer), sentBytes, isClosed: socket.isClosed };
  });
  for (const { status, sentBytes, isClosed } of await Promise.all(ends)) {
    expect([status, isClosed]).toEqual([413, true]);
    expect(sentBytes).toBeLessThan(128 * MIB);
  }
  expect(gauge.peak() - before).toBeLessThan(160);
}, 120_000);

test('bytes under a wrong digest leave nothing on the disk, however often they come (5.7)', async () => {
  // Postgres keeps a log of its own, which grows with any request.
  const onDisk = () => bytesBelow(running.server.dataDir, ['postgres']);
  const blob = noise(8 * MIB);
  await owner.client.pushBlob(repository, blob);
  const before = onDisk();
  expect(before).toBeGreaterThanOrEqual(8 * MIB);
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const location = await owner.client.startUpload(repository);
    const put = await owner.client.finishUpload(location, noise(1).digest, noise(8 * MIB).bytes);
    await expectOciError(put, 400, 'DIGEST_INVALID');
    await expectOciError(await owner.client.request('GET', location), 404, 'BLOB_UPLOAD_UNKNOWN');
  }
  await poll(() => (onDisk() < before + MIB ? true : undefined), { what: 'the refused bytes to be gone' });
}, 120_000);

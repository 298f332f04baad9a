import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { expectAlive } from '../../support/expect-alive.js';
import { anImage, content, type Image, noise } from '../../support/images.js';
import { type Person, putMember, signUp } from '../../support/management-api.js';
import { poll } from '../../support/poll.js';
import { ProcessGauge } from '../../support/process-memory.js';
import { RawSocket, statusIn } from '../../support/raw-socket.js';
import { bytesOf } from '../../support/registry-client.js';
import { clientOf, useOwner } from '../../support/use-owner.js';
import { useStowage } from '../../support/use-stowage.js';

const MIB = 1024 * 1024;
const running = useStowage();
const owner = useOwner(running);
const sockets: RawSocket[] = [];
let repository = '';
let image: Image;

beforeAll(async () => {
  repository = owner.newRepository();
  image = await anImage();
  await owner.client.pushImage(repository, 'v1', image);
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await expectAlive(running);
});

async function openSocket(): Promise<RawSocket> {
  const socket = await RawSocket.open(running.url);
  sockets.push(socket);
  return socket;
}

/** Somebody else's pull, from the token to the last byte. */
async function pullImage(): Promise<void> {
  const client = clientOf(running.url, owner.person);
  const manifest = await client.getManifest(repository, 'v1');
  expect((await bytesOf(manifest)).equals(image.manifest.bytes)).toBe(true);
  for (const blob of [image.config, ...image.layers]) {
    expect((await bytesOf(await client.getBlob(repository, blob.digest))).equals(blob.bytes)).toBe(true);
  }
}

const READERS = 500;
/** Ninety were measured; two blocks of a mebibyte for each reader would be a thousand. */
const READERS_MIB = 160;

test('five hundred readers that read nothing take little memory, and leave nothing behind (5.20)', async () => {
  // More than the buffers of a connection hold, so that each of them really stalls.
  const blob = noise(32 * MIB);
  await owner.client.pushBlob(repository, blob);
  const token = await owner.client.tokenFor(`repository:${repository}:pull`);
  const gauge = new ProcessGauge(running.server.pid);
  const filesBefore = gauge.openFiles();
  const before = gauge.resetPeak();
  for (let reader = 0; reader < READERS; reader += 1) {
    const socket = await openSocket();
    await socket.head({ method: 'GET', path: `/v2/${repository}/blobs/${blob.digest}`, token });
    await socket.readable();
  }
  await pullImage();
  expect(gauge.openFiles() - filesBefore).toBeGreaterThanOrEqual(READERS);
  expect(gauge.peak() - before).toBeLessThan(READERS_MIB);
  for (const socket of sockets.splice(0)) socket.destroy();
  await poll(() => (gauge.openFiles() <= filesBefore + 20 ? true : undefined), {
    what: 'the connections and files to be closed',
    timeoutMs: 60_000,
  });
  await pullImage();
}, 240_000);

const SENDERS = 200;
/** Nobody may have more than this open at a time. */
const SENDERS_EACH = 100;

test('two hundred uploads that hardly move let pulls and pushes through, and end well (5.24)', async () => {
  const people = await Promise.all(Array.from({ length: SENDERS / SENDERS_EACH }, aDeveloper));
  const uploads: { socket: RawSocket; location: string; rest: Buffer; digest: string; client: Client }[] = [];
  for (const { client, token } of people) {
    for (let upload = 0; upload < SENDERS_EACH; upload += 1) {
      const { bytes, digest } = content(randomBytes(64 * 1024));
      const location = await client.startUpload(repository);
      const socket = await openSocket();
      await socket.head({ method: 'PATCH', path: location, token, lines: [`Content-Length: ${bytes.length}`] });
      await socket.send(bytes.subarray(0, 1));
      uploads.push({ socket, location, rest: bytes.subarray(1), digest, client });
    }
  }
  for (let pull = 0; pull < 20; pull += 1) await pullImage();
  await owner.client.pushImage(owner.newRepository(), 'v1', await anImage());
  for (const { socket, rest } of uploads) await socket.send(rest);
  for (const { socket } of uploads) expect(statusIn(await socket.answer())).toBe(202);
  for (const { client, location, digest } of uploads) {
    expect((await client.finishUpload(location, digest)).status).toBe(201);
  }
}, 240_000);

type Client = ReturnType<typeof clientOf>;

async function aDeveloper(): Promise<{ client: Client; token: string }> {
  const person: Person = await signUp(running.url, 'developer');
  await putMember(owner.person, owner.namespace, person, 'developer');
  const client = clientOf(running.url, person);
  return { client, token: await client.tokenFor(`repository:${repository}:pull,push`) };
}

test('heads that never end keep nobody else from an answer (5.4)', async () => {
  for (let at = 0; at < 300; at += 1) {
    const socket = await openSocket();
    await socket.send('GET /v2/ HTTP/1.1\r\nHost: registry\r\nX-Slow: ');
  }
  for (let round = 0; round < 5; round += 1) {
    for (const socket of sockets) await socket.send('x');
    await pullImage();
    expect((await owner.client.getManifest(repository, 'v1')).status).toBe(200);
  }
});

// What goes wrong around a push without killing the registry: 2.4, R19, R21, and a sync that fails (2.5).
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTempDir, removeDataDir, removeDir } from '../../support/data-dir.js';
import { type Content, noise } from '../../support/images.js';
import { type Person, signUp } from '../../support/management-api.js';
import { poll } from '../../support/poll.js';
import { canSeeProcesses, killAll, listProcesses } from '../../support/processes.js';
import { randomName } from '../../support/random.js';
import { bytesOf, insist, type RegistryClient, withQuery } from '../../support/registry-client.js';
import { type Stowage, startStowage } from '../../support/stowage.js';
import { clientOf } from '../../support/use-owner.js';

const BARRIERS = makeTempDir('barriers');
const barrierOf = (point: string): string => path.join(BARRIERS, point);

let dataDir: string;
let stowage: Stowage;
let person: Person;
let client: RegistryClient;

/** One process for each test: a fail point that acts at its first hit does so once. */
async function startWith(failPoints: string): Promise<void> {
  dataDir = makeTempDir('faults');
  stowage = await startStowage({ dataDir, env: { STOWAGE_FAILPOINTS: failPoints } });
  person = await signUp(stowage.url);
  client = clientOf(stowage.url, person);
}

async function stop(): Promise<void> {
  await stowage.stop();
  await removeDataDir(dataDir);
}

afterAll(() => removeDir(BARRIERS));

const aRepository = (): string => `${person.username}/${randomName('app')}`;

async function reached(point: string): Promise<void> {
  await poll(() => (existsSync(barrierOf(point)) ? true : undefined), { what: `the push to reach ${point}` });
}

async function expectServed(repository: string, blob: Content): Promise<void> {
  const response = await client.getBlob(repository, blob.digest);
  expect(response.status).toBe(200);
  expect((await bytesOf(response)).equals(blob.bytes)).toBe(true);
}

describe('a client that is cut off after the commit (R19)', () => {
  beforeAll(() => startWith(`K8:pause=${barrierOf('K8')}@1`));
  afterAll(stop);

  test('asks again and is told 201; nobody else is, and not for another digest', async () => {
    const [repository, blob] = [aRepository(), noise(100_000)];
    const location = await client.startUpload(repository);
    const token = await client.tokenFor(`repository:${repository}:pull,push`);
    const cut = new AbortController();
    const lost = fetch(new URL(withQuery(location, { digest: blob.digest }), stowage.url), {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
      body: blob.bytes,
      signal: cut.signal,
    });
    await reached('K8');
    cut.abort();
    await expect(lost).rejects.toThrow('aborted');
    rmSync(barrierOf('K8'));
    await insist(await client.finishUpload(location, blob.digest, blob.bytes), 201);
    await expectServed(repository, blob);
    expect((await client.finishUpload(location, noise(10).digest)).status).toBe(404);
    const stranger = clientOf(stowage.url, await signUp(stowage.url));
    expect((await stranger.finishUpload(location, blob.digest)).status).toBe(401);
  });
});

describe.runIf(canSeeProcesses)('Postgres that dies between the bytes and their row (R21)', () => {
  beforeAll(() => startWith(`K6:pause=${barrierOf('K6')}@1`));
  afterAll(stop);

  test('costs an error and not the upload: who asks again has the blob', async () => {
    const [repository, blob] = [aRepository(), noise(100_000)];
    const location = await client.startUpload(repository);
    const pushing = client.finishUpload(location, blob.digest, blob.bytes);
    await reached('K6');
    await killAll(listProcesses(-1, dataDir));
    rmSync(barrierOf('K6'));
    const refused = await pushing;
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await stowage.ready();
    expect((await client.getBlob(repository, blob.digest)).status).toBe(404);
    await client.pushBlob(repository, blob);
    await expectServed(repository, blob);
  });
});

describe('a step of storage that fails once', () => {
  beforeAll(() => startWith('K1:error@1,K5:error@1'));
  afterAll(stop);

  test('is an error and no 201, and the upload can be sent again', async () => {
    const [repository, blob] = [aRepository(), noise(100_000)];
    for (const step of ['the chunk', 'publishing']) {
      const location = await client.startUpload(repository);
      const refused = await client.finishUpload(location, blob.digest, blob.bytes);
      expect(refused.status, step).toBe(500);
      expect((await client.getBlob(repository, blob.digest)).status, step).toBe(404);
    }
    await client.pushBlob(repository, blob);
    await expectServed(repository, blob);
  });
});

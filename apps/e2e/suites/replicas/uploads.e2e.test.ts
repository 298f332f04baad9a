import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noise } from '../../support/images.js';
import { createOrganization, type Person, signUp } from '../../support/management-api.js';
import { poll } from '../../support/poll.js';
import { randomName } from '../../support/random.js';
import { bytesOf, insist, locationOf, type RegistryClient } from '../../support/registry-client.js';
import { DatabaseView } from '../../support/topology/database-view.js';
import { Replicas } from '../../support/topology/replicas.js';
import { clientOf } from '../../support/use-owner.js';

let replicas: Replicas;
let database: DatabaseView;
let owner: Person;
let namespace: string;

beforeAll(async () => {
  replicas = await Replicas.start({ registries: 3, auths: 1 });
  database = new DatabaseView(replicas.connectionString);
  owner = await signUp(replicas.url, 'owner');
  namespace = await createOrganization(owner);
});

afterAll(async () => {
  await database?.close();
  await replicas?.stop();
});

/** Talks to one process, past the proxy. */
const at = (index: number): RegistryClient => clientOf(replicas.registries[index]?.url ?? '', owner);
const aRepository = (): string => `${namespace}/${randomName('app')}`;

async function expectBooksToFit(): Promise<void> {
  const { used, reserved, recountedUsed, recountedReserved } = await database.accountsOf(namespace);
  expect({ used, reserved }).toEqual({ used: recountedUsed, reserved: recountedReserved });
}

async function expectServedEverywhere(repository: string, blob: { bytes: Buffer; digest: string }): Promise<void> {
  for (let index = 0; index < replicas.registries.length; index += 1) {
    const response = await at(index).getBlob(repository, blob.digest);
    expect(response.status).toBe(200);
    expect((await bytesOf(response)).equals(blob.bytes)).toBe(true);
  }
}

describe('an upload that goes from replica to replica', () => {
  test('is begun on one, filled on others and finished on another (CVE row "resume", P8)', async () => {
    const repository = aRepository();
    const blob = noise(3_000_000);
    const start = await at(0).startUpload(repository);
    const first = await at(1).patch(start, blob.bytes.subarray(0, 1_000_000), '0-999999');
    await insist(first, 202);
    const second = await at(2).patch(locationOf(first), blob.bytes.subarray(1_000_000, 2_000_000), '1000000-1999999');
    await insist(second, 202);
    await insist(await at(0).finishUpload(locationOf(second), blob.digest, blob.bytes.subarray(2_000_000)), 201);
    await expectServedEverywhere(repository, blob);
    await expectBooksToFit();
  });

  test('goes on where a replica was killed in the middle of it, with the right digest (R7)', async () => {
    const repository = aRepository();
    const blob = noise(2_000_000);
    const doomed = await replicas.add('registry');
    const first = await clientOf(doomed.url, owner).patch(
      await at(0).startUpload(repository),
      blob.bytes.subarray(0, 1_200_000),
    );
    await insist(first, 202);
    await doomed.killOnlyNode();
    replicas.forget('registry', doomed);
    const status = await at(1).request('GET', locationOf(first));
    expect([status.status, status.headers.get('range')]).toEqual([204, '0-1199999']);
    const second = await at(1).patch(locationOf(first), blob.bytes.subarray(1_200_000));
    await insist(second, 202);
    await insist(await at(2).finishUpload(locationOf(second), blob.digest), 201);
    await expectServedEverywhere(repository, blob);
    await expectBooksToFit();
  });

  test('is lost to a replica that was stopped in the middle of it and wakes up too late', async () => {
    const barrier = path.join(replicas.dataDir, 'zombie');
    const zombie = await replicas.launch('registry', { STOWAGE_FAILPOINTS: `K1:pause=${barrier}@1` });
    const repository = aRepository();
    const blob = noise(2_000_000);
    const location = await at(0).startUpload(repository);
    const late = clientOf(zombie.url, owner).patch(location, noise(1_500_000).bytes);
    await poll(() => (existsSync(barrier) ? true : undefined), { what: 'the chunk to be written' });
    process.kill(zombie.pid, 'SIGSTOP');
    await database.endLeases();
    const patched = await at(1).patch(location, blob.bytes.subarray(0, 1_000_000));
    await insist(patched, 202);
    rmSync(barrier);
    process.kill(zombie.pid, 'SIGCONT');
    expect((await late).status).toBe(404);
    const rest = blob.bytes.subarray(1_000_000);
    await insist(await at(2).finishUpload(locationOf(patched), blob.digest, rest), 201);
    await expectServedEverywhere(repository, blob);
    await expectBooksToFit();
    await zombie.stop();
  });
});

describe('replicas that are asked at the same moment', () => {
  test('let exactly one of two PATCHes at one offset win; the other is told the true offset (R7, I11)', async () => {
    const repository = aRepository();
    for (let round = 0; round < 10; round += 1) {
      const location = await at(0).startUpload(repository);
      const chunk = noise(200_000);
      const answers = await Promise.all([0, 1].map((index) => at(index).patch(location, chunk.bytes, '0-199999')));
      const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
      expect(statuses).toEqual([202, 416]);
      const status = await at(2).request('GET', location);
      expect(status.headers.get('range')).toBe('0-199999');
      await insist(await at(2).finishUpload(location, chunk.digest), 201);
    }
    await expectBooksToFit();
  });

  test('finish an upload once when it is finished twice (R8)', async () => {
    const repository = aRepository();
    for (let round = 0; round < 10; round += 1) {
      const blob = noise(50_000);
      const patched = await at(0).patch(await at(0).startUpload(repository), blob.bytes);
      await insist(patched, 202);
      const answers = await Promise.all(
        [1, 2].map((index) => at(index).finishUpload(locationOf(patched), blob.digest)),
      );
      const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
      expect(statuses[0]).toBe(201);
      expect([201, 404, 416]).toContain(statuses[1]);
      await expectServedEverywhere(repository, blob);
    }
    await expectBooksToFit();
  });

  test('end a session that is cancelled while it is filled as one or the other, and leave nothing (R9)', async () => {
    const repository = aRepository();
    for (let round = 0; round < 10; round += 1) {
      const location = await at(0).startUpload(repository);
      const [patched, cancelled] = await Promise.all([
        at(1).patch(location, noise(300_000).bytes),
        at(2).request('DELETE', location),
      ]);
      expect(cancelled.status).toBe(204);
      expect([202, 404]).toContain(patched.status);
      expect((await at(0).request('GET', location)).status).toBe(404);
    }
    expect((await database.accountsOf(namespace)).reserved).toBe(0);
    await expectBooksToFit();
  });

  test('take one digest from many at once, and no wrong bytes for it (R6)', async () => {
    const blob = noise(400_000);
    const pushes = Array.from({ length: 32 }, async (_, at32) => {
      const client = at(at32 % 3);
      const bytes = at32 % 2 === 0 ? blob.bytes : noise(400_000).bytes;
      const repository = aRepository();
      const response = await client.finishUpload(await client.startUpload(repository), blob.digest, bytes);
      return { repository, isRight: at32 % 2 === 0, status: response.status };
    });
    const done = await Promise.all(pushes);
    for (const { isRight, status } of done) expect(status).toBe(isRight ? 201 : 400);
    for (const { repository } of done.filter(({ isRight }) => isRight).slice(0, 4))
      await expectServedEverywhere(repository, blob);
    for (const { repository } of done.filter(({ isRight }) => !isRight).slice(0, 4))
      expect((await at(0).getBlob(repository, blob.digest)).status).toBe(404);
    await expectBooksToFit();
  });
});

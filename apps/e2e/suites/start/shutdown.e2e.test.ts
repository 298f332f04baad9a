import { afterEach, expect, test } from 'vitest';
import { findClusters, findPostmasterLocks, makeTempDir, removeDataDir } from '../../support/data-dir.js';
import { noise } from '../../support/images.js';
import { signUp } from '../../support/management-api.js';
import { poll } from '../../support/poll.js';
import { canSeeProcesses, listProcesses } from '../../support/processes.js';
import { randomName } from '../../support/random.js';
import { SlowPush } from '../../support/slow-push.js';
import { bytesOf } from '../../support/registry-client.js';
import { Stowage, startStowage } from '../../support/stowage.js';
import { clientOf } from '../../support/use-owner.js';

const dataDirs: string[] = [];

function newDataDir(): string {
  const dataDir = makeTempDir('shutdown');
  dataDirs.push(dataDir);
  return dataDir;
}

afterEach(async () => {
  for (const dataDir of dataDirs.splice(0)) await removeDataDir(dataDir);
});

test('SIGTERM ends it with exit code 0, and its Postgres with it', async () => {
  const dataDir = newDataDir();
  const stowage = await startStowage({ dataDir });
  expect(findClusters(dataDir)).not.toEqual([]);
  const { code, output } = await stowage.stop();
  expect(code, output).toBe(0);
  expect(findPostmasterLocks(dataDir)).toEqual([]);
  expect(canSeeProcesses ? listProcesses(stowage.pid, dataDir) : []).toEqual([]);
});

test('SIGTERM during the start leaves nothing behind either', async () => {
  const dataDir = newDataDir();
  const stowage = await startStowage({ dataDir });
  await stowage.stop();
  const again = await startAndStopEarly(dataDir, stowage.port);
  expect(canSeeProcesses ? listProcesses(again.pid, dataDir) : []).toEqual([]);
  const last = await startStowage({ dataDir });
  expect((await last.stop()).code).toBe(0);
});

async function startAndStopEarly(dataDir: string, port: number): Promise<Stowage> {
  const stowage = await Stowage.launch({ dataDir, port });
  await poll(() => (findPostmasterLocks(dataDir).length > 0 ? true : undefined), { what: 'its Postgres to start' });
  await stowage.stop();
  return stowage;
}

test('SIGTERM lets a push that has begun finish, and takes no new one', async () => {
  const dataDir = newDataDir();
  const stowage = await startStowage({ dataDir });
  const person = await signUp(stowage.url);
  const client = clientOf(stowage.url, person);
  const repository = `${person.username}/${randomName('app')}`;
  const blob = noise(1_000_000);
  const token = await client.tokenFor(`repository:${repository}:pull,push`);
  const path = `/v2/${repository}/blobs/uploads/?digest=${blob.digest}`;
  const push = await SlowPush.begin(stowage, path, token, blob.bytes.length);
  await push.send(blob.bytes.subarray(0, 500_000));
  const ended = stowage.stop();
  await poll(() => isClosed(stowage), { what: 'the port to be closed' });
  await push.send(blob.bytes.subarray(500_000));
  expect(await push.answer()).toMatch(/^HTTP\/1\.1 201 /);
  expect((await ended).code).toBe(0);

  const second = await startStowage({ dataDir, port: stowage.port });
  const pulled = await clientOf(second.url, person).getBlob(repository, blob.digest);
  expect((await bytesOf(pulled)).equals(blob.bytes)).toBe(true);
  await second.stop();
});

/** A load balancer's view: no new request is taken. */
async function isClosed(stowage: Stowage): Promise<true | undefined> {
  try {
    return (await fetch(`${stowage.url}/readyz`)).ok ? undefined : true;
  } catch {
    return true; // nobody accepts connections any more
  }
}

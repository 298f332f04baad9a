import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { reportSkip } from '../../support/clients.js';
import { type Content, noise } from '../../support/images.js';
import { createOrganization, type Person, signUp } from '../../support/management-api.js';
import { randomName } from '../../support/random.js';
import { bytesOf, insist, type RegistryClient } from '../../support/registry-client.js';
import { DatabaseView } from '../../support/topology/database-view.js';
import { Replicas } from '../../support/topology/replicas.js';
import {
  createBucket,
  listKeys,
  type S3Server,
  s3Environment,
  startS3Server,
} from '../../support/topology/s3-server.js';
import { clientOf } from '../../support/use-owner.js';

const BUCKET = 'collection';
const PATIENCE = { timeout: 120_000, interval: 200 };
const COLLECTOR = { STOWAGE_GC_INTERVAL: '1' };

for (const storage of ['filesystem', 's3'] as const) {
  describe(`a worker on ${storage} that is killed while it collects (2.5)`, () => {
    let s3: S3Server | undefined;
    let replicas: Replicas | undefined;
    let database: DatabaseView;
    let owner: Person;
    let namespace: string;
    let client: RegistryClient;

    beforeAll(async () => {
      if (storage === 's3') {
        const started = await startS3Server();
        if (typeof started === 'string') return reportSkip('collectors that are killed on S3', started);
        s3 = started;
        await createBucket(s3, BUCKET);
      }
      const env = s3 ? s3Environment(s3, BUCKET) : {};
      replicas = await Replicas.start({ registries: 1, auths: 1, workers: 0, env });
      database = new DatabaseView(replicas.connectionString);
      // Once, a worker makes the queue of jobs; it leaves nothing behind.
      await (await replicas.launch('worker', COLLECTOR)).stop();
      owner = await signUp(replicas.url, 'owner');
      namespace = await createOrganization(owner);
      client = clientOf(replicas.url, owner);
    });

    afterAll(async () => {
      await database?.close();
      await replicas?.stop();
      await s3?.stop();
    });

    const stored = async (blob: Content): Promise<number> => {
      const keys = s3 ? await listKeys(s3, BUCKET, 'blobs/') : filesBelow(path.join(replicas!.dataDir, 'storage'));
      return keys.filter((key) => key.includes(blob.digest.replace('sha256:', ''))).length;
    };

    async function expectServed(repository: string, blob: Content): Promise<void> {
      const response = await client.getBlob(repository, blob.digest);
      expect(response.status).toBe(200);
      expect((await bytesOf(response)).equals(blob.bytes)).toBe(true);
    }

    test.for([
      { point: 'G1', says: 'the row is gone and the object is there', objects: 1, removals: 1 },
      { point: 'G2', says: 'the object is gone and its removal is queued', objects: 0, removals: 1 },
      { point: 'G3', says: 'both are gone', objects: 0, removals: 0 },
    ])('at $point: $says; a push brings it back, the next collector goes on (I1, I7)', async (given, { skip }) => {
      if (!replicas) return skip('there is no S3 server');
      const repository = `${namespace}/${randomName('app')}`;
      const blob = noise(100_000);
      await client.pushBlob(repository, blob);
      await insist(await client.request('DELETE', `/v2/${repository}/blobs/${blob.digest}`), 202);

      const signal = await replicas.doom('worker', { ...COLLECTOR, STOWAGE_FAILPOINTS: `${given.point}:kill` });
      expect(signal).toBe('SIGKILL');
      expect({ objects: await stored(blob), removals: await database.count('object_removal') }).toEqual({
        objects: given.objects,
        removals: given.removals,
      });
      expect((await client.getBlob(repository, blob.digest)).status).toBe(404);

      await client.pushBlob(repository, blob);
      await expectServed(repository, blob);
      const next = await replicas.launch('worker', COLLECTOR);
      await database.endReviewClaims();
      await vi.waitFor(async () => expect(await database.count('object_removal')).toBe(0), PATIENCE);
      await next.stop();
      await expectServed(repository, blob);
      expect(await stored(blob)).toBe(1);
      const { used, recountedUsed } = await database.accountsOf(namespace);
      expect(used).toBe(recountedUsed);
    });
  });
}

function filesBelow(root: string): string[] {
  return readdirSync(path.join(root, 'blobs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

import { Readable } from 'node:stream';
import { createTestDatabase } from '@stowage/dev-env/testing';
import { BlobStore, Database, GarbageStore, SYSTEM_ACTOR, type BlobRecord } from '@stowage/metadata';
import { aBlob, createRepository, createTenant, migratedTemplate, storeBlob } from '@stowage/metadata/testing';
import { blobKey, MemoryDriver, type ObjectKey, type StorageDriver } from '@stowage/storage';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Collector, type CollectorOptions } from '../src/index.js';

const NO_DELAY = { seconds: 0 };
let database: Database;
let storage: MemoryDriver;
let failures: string[];

beforeEach(async () => {
  const created = await createTestDatabase({ template: migratedTemplate });
  database = new Database({ connectionString: created.connectionString, maxConnections: 20 });
  onTestFinished(async () => {
    await database.close();
    await created.dispose();
  });
  storage = new MemoryDriver();
  failures = [];
});

function aCollector(driver: Pick<StorageDriver, 'deleteMany'> = storage, batch?: number): Collector {
  const onFailure: CollectorOptions['onFailure'] = (queue, error) => failures.push(`${queue} ${String(error)}`);
  return new Collector({
    garbage: new GarbageStore(database, NO_DELAY),
    storage: driver,
    onFailure,
    ...(batch ? { batch } : {}),
  });
}

async function storedBlobs(count: number): Promise<BlobRecord[]> {
  const tenant = await createTenant(database);
  const repository = await createRepository(database, `${tenant.namespace.name}/app`);
  const blobs = new BlobStore(database, NO_DELAY);
  const stored: BlobRecord[] = [];
  for (const { digest, size, bytes } of Array.from({ length: count }, () => aBlob())) {
    await storeBlob(database, repository, { digest, size });
    const record = (await blobs.findLive(digest))!;
    await storage.write(blobKey(digest, record.generation), Readable.from([bytes]));
    stored.push(record);
    await blobs.unlink(repository, digest, SYSTEM_ACTOR);
  }
  return stored;
}

async function objectsLeft(): Promise<ObjectKey[]> {
  const keys: ObjectKey[] = [];
  for await (const { key } of storage.list('')) keys.push(key);
  return keys;
}

const removalsLeft = () => database.run((db) => db.objectRemoval.count());
const makeDue = () => database.run((db) => db.$executeRaw`UPDATE object_removal SET review_after = now()`);

describe('a collector', () => {
  it('removes rows and objects of what nothing needs, more than a batch of them', async () => {
    const stored = await storedBlobs(130);
    const report = await aCollector(storage, 50).run();
    expect(report.removedBytes).toBe(stored.reduce((sum, { size }) => sum + size, 0));
    expect(report.queues.blob_review).toEqual({ reviewed: 130, deleted: 130, postponed: 0, failures: 0, bytes: 0 });
    expect(report.removedObjects).toBe(130);
    expect(report.failures).toBe(0);
    expect(await objectsLeft()).toEqual([]);
    expect(await database.run((db) => db.blob.count())).toBe(0);
    expect(await removalsLeft()).toBe(0);
  });

  it('has work for each of three at once, and none does it twice (R23)', async () => {
    const stored = await storedBlobs(60);
    const deleted: string[] = [];
    const counting = {
      deleteMany: async (keys: readonly ObjectKey[]) => (deleted.push(...keys), storage.deleteMany(keys)),
    };
    const reports = await Promise.all([1, 2, 3].map(() => aCollector(counting, 10).run()));
    // Whoever comes late finds claims of others, which are theirs: together they have done all of it.
    expect(reports.reduce((sum, { removedObjects }) => sum + removedObjects, 0)).toBe(60);
    expect(deleted.toSorted()).toEqual(stored.map(({ digest, generation }) => blobKey(digest, generation)).toSorted());
  });

  it('leaves nothing for minutes when collectors of one process work side by side (R23)', async () => {
    await database.run(
      (db) => db.$executeRaw`
        WITH made AS (
          INSERT INTO blob (digest, size, generation)
          SELECT 'sha256:' || md5(i::text) || md5('-' || i), 1, 'old' FROM generate_series(1, 4000) i RETURNING digest)
        INSERT INTO blob_review (digest, review_after, event) SELECT digest, now(), 'test' FROM made`,
    );
    const options = { garbage: new GarbageStore(database, NO_DELAY), storage, onFailure: () => undefined };
    const report = await new Collector({ ...options, collectors: 4, batch: 50 }).run();
    // A collector's claim locks rows that another one has, for the moment in which it finds that: they are not lost by it.
    expect(report.removedObjects).toBe(4_000);
    expect(await database.run((db) => db.blobReview.count())).toBe(0);
  });

  it('keeps trying when storage is away: nothing is forgotten, nobody is held up (R22)', async () => {
    await storedBlobs(2);
    storage.available = false;
    const report = await aCollector().run();
    expect(report).toMatchObject({ removedObjects: 0, failures: 2 });
    expect(failures).toEqual([expect.stringMatching(/^object_removal StorageUnavailableError/)]);
    expect(await removalsLeft()).toBe(2);
    storage.available = true;
    await makeDue();
    expect((await aCollector().run()).removedObjects).toBe(2);
    expect(await objectsLeft()).toEqual([]);
  });

  it('holds no lock while storage is slow: the same blob can be pushed meanwhile, and stays (R22)', async () => {
    const [blob] = await storedBlobs(1);
    const [asked, mayGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = {
      deleteMany: async (keys: readonly ObjectKey[]) => {
        asked.resolve();
        await mayGo.promise;
        return storage.deleteMany(keys);
      },
    };
    const run = aCollector(slow).run();
    await asked.promise;
    const tenant = await createTenant(database);
    const repository = await createRepository(database, `${tenant.namespace.name}/other`);
    await storeBlob(database, repository, blob!);
    const again = (await new BlobStore(database, NO_DELAY).findLive(blob!.digest))!;
    await storage.write(blobKey(again.digest, again.generation), Readable.from([Buffer.alloc(1)]));
    mayGo.resolve();
    await run;
    expect(await objectsLeft()).toEqual([blobKey(again.digest, again.generation)]);
    expect(again.generation).not.toBe(blob!.generation);
  });

  it('removes an object again when its collector died between the object and the row', async () => {
    const [blob] = await storedBlobs(1);
    const dying = {
      deleteMany: async (keys: readonly ObjectKey[]) => {
        await storage.deleteMany(keys);
        throw new Error('killed');
      },
    };
    await aCollector(dying).run();
    expect(await removalsLeft()).toBe(1);
    await makeDue();
    expect((await aCollector().run()).removedObjects).toBe(1);
    expect(await removalsLeft()).toBe(0);
    expect(blob).toBeDefined();
  });

  it('keeps the removal of an object that storage refuses, and forgets those that are gone (G12)', async () => {
    const [stuck] = await storedBlobs(3);
    const key = blobKey(stuck!.digest, stuck!.generation);
    const refusing = {
      deleteMany: async (keys: readonly ObjectKey[]) => {
        await storage.deleteMany(keys.filter((each) => each !== key));
        return [{ key, cause: new Error('AccessDenied') }];
      },
    };
    const report = await aCollector(refusing).run();
    expect(report.queues.object_removal).toMatchObject({ reviewed: 3, deleted: 2, postponed: 0, failures: 1 });
    expect(failures).toEqual(['object_removal Error: AccessDenied']);
    expect(await objectsLeft()).toEqual([key]);
    expect(await removalsLeft()).toBe(1);
  });

  it.each([-600_000, 600_000])('goes by the database’s clock: its own may be %d ms off (I13)', async (skew) => {
    const tenant = await createTenant(database);
    const repository = await createRepository(database, `${tenant.namespace.name}/app`);
    const [young, old] = [aBlob(), aBlob()];
    for (const { digest, size } of [young, old]) await storeBlob(database, repository, { digest, size });
    const delay = (digest: string, seconds: number) =>
      database.run(
        (db) => db.$executeRaw`
          UPDATE link_review SET review_after = now() + make_interval(secs => ${seconds}) WHERE digest = ${digest}`,
      );
    await delay(young.digest, 60);
    await delay(old.digest, -1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + skew });
    onTestFinished(() => void vi.useRealTimers());
    const report = await aCollector().run();
    expect(report.queues.link_review).toMatchObject({ reviewed: 1, deleted: 1 });
    const linked = await database.run((db) => db.repositoryBlob.findMany({ where: { repositoryId: repository.id } }));
    expect(linked.map(({ digest }) => digest)).toEqual([young.digest]);
  });

  it('stops between two batches when it is told to, and the rest is there for the next one', async () => {
    await storedBlobs(8);
    const stopping = new AbortController();
    const once = {
      deleteMany: async (keys: readonly ObjectKey[]) => (stopping.abort(), storage.deleteMany(keys)),
    };
    const { removedObjects } = await aCollector(once, 3).run(stopping.signal);
    expect(removedObjects).toBeGreaterThan(0);
    expect(removedObjects).toBeLessThan(8);
    await makeDue();
    await aCollector().run();
    expect(await objectsLeft()).toEqual([]);
  });
});

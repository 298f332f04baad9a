import { BlobStore, GarbageStore, SYSTEM_ACTOR } from '@stowage/metadata';
import type { ObjectKey, StorageDriver } from '@stowage/storage';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Collector, type CollectorOptions } from '../src/index.js';
import { NO_DELAY, type PushedBlob, useStore } from './support/a-store.js';
import { storageOnFiles } from './support/real-storage.js';

const store = useStore(storageOnFiles);
let failures: string[];

beforeEach(() => {
  failures = [];
});

function aCollector(driver: Pick<StorageDriver, 'deleteMany'> = store.storage.driver, batch?: number): Collector {
  const onFailure: CollectorOptions['onFailure'] = (queue, error) => failures.push(`${queue} ${String(error)}`);
  return new Collector({
    garbage: new GarbageStore(store.database, NO_DELAY),
    storage: driver,
    onFailure,
    ...(batch ? { batch } : {}),
  });
}

async function garbage(count: number): Promise<PushedBlob[]> {
  const blobs = new BlobStore(store.database, NO_DELAY);
  const pushed: PushedBlob[] = [];
  while (pushed.length < count) pushed.push(await store.pushed());
  for (const { digest } of pushed) await blobs.unlink(store.repository, digest, SYSTEM_ACTOR);
  return pushed;
}

const removalsLeft = () => store.database.run((db) => db.objectRemoval.count());
const makeDue = () => store.database.run((db) => db.$executeRaw`UPDATE object_removal SET review_after = now()`);

describe('a collector', () => {
  it('removes rows and objects of what nothing needs, more than a batch of them', async () => {
    const stored = await garbage(130);
    const report = await aCollector(undefined, 50).run();
    expect(report.removedBytes).toBe(stored.reduce((sum, { size }) => sum + size, 0));
    expect(report.queues.blob_review).toEqual({ reviewed: 130, deleted: 130, postponed: 0, failures: 0, bytes: 0 });
    expect(report.removedObjects).toBe(130);
    expect(report.failures).toBe(0);
    expect(await store.storage.keys()).toEqual([]);
    expect(await store.database.run((db) => db.blob.count())).toBe(0);
    expect(await removalsLeft()).toBe(0);
  });

  it('has work for each of three at once, and none does it twice (R23)', async () => {
    const stored = await garbage(60);
    const deleted: string[] = [];
    const counting = {
      deleteMany: async (keys: readonly ObjectKey[]) => (deleted.push(...keys), store.storage.driver.deleteMany(keys)),
    };
    const reports = await Promise.all([1, 2, 3].map(() => aCollector(counting, 10).run()));
    // Whoever comes late finds claims of others, which are theirs: together they have done all of it.
    expect(reports.reduce((sum, { removedObjects }) => sum + removedObjects, 0)).toBe(60);
    expect(deleted.toSorted()).toEqual(stored.map(({ key }) => key).toSorted());
  });

  it('leaves nothing for minutes when collectors of one process work side by side (R23)', async () => {
    await store.database.run(
      (db) => db.$executeRaw`
        WITH made AS (
          INSERT INTO blob (digest, size, generation)
          SELECT 'sha256:' || md5(i::text) || md5('-' || i), 1, 'old' FROM generate_series(1, 4000) i RETURNING digest)
        INSERT INTO blob_review (digest, review_after, event) SELECT digest, now(), 'test' FROM made`,
    );
    const options = {
      garbage: new GarbageStore(store.database, NO_DELAY),
      storage: store.storage.driver,
      onFailure: () => undefined,
    };
    const report = await new Collector({ ...options, collectors: 4, batch: 50 }).run();
    // A collector's claim locks rows that another one has, for the moment in which it finds that: they are not lost by it.
    expect(report.removedObjects).toBe(4_000);
    expect(await store.database.run((db) => db.blobReview.count())).toBe(0);
  });

  it('keeps trying when storage is away: nothing is forgotten, nobody is held up (R22)', async () => {
    await garbage(2);
    await store.storage.unmount();
    const report = await aCollector().run();
    expect(report).toMatchObject({ removedObjects: 0, failures: 2 });
    expect(failures).toEqual([expect.stringMatching(/^object_removal StorageUnavailableError/)]);
    expect(await removalsLeft()).toBe(2);
    await store.storage.mount();
    await makeDue();
    expect((await aCollector().run()).removedObjects).toBe(2);
    expect(await store.storage.keys()).toEqual([]);
  });

  it('holds no lock while storage is slow: the same blob can be pushed meanwhile, and stays (R22)', async () => {
    const [blob] = await garbage(1);
    const [asked, mayGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = {
      deleteMany: async (keys: readonly ObjectKey[]) => {
        asked.resolve();
        await mayGo.promise;
        return store.storage.driver.deleteMany(keys);
      },
    };
    const run = aCollector(slow).run();
    await asked.promise;
    const again = await store.push(blob!);
    mayGo.resolve();
    await run;
    expect(await store.storage.keys()).toEqual([again.key]);
    expect(again.key).not.toBe(blob!.key);
  });

  it('removes an object again when its collector died between the object and the row', async () => {
    const [blob] = await garbage(1);
    const dying = {
      deleteMany: async (keys: readonly ObjectKey[]) => {
        await store.storage.driver.deleteMany(keys);
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
    const [stuck] = await garbage(3);
    const { key } = stuck!;
    const refusing = {
      deleteMany: async (keys: readonly ObjectKey[]) => {
        await store.storage.driver.deleteMany(keys.filter((each) => each !== key));
        return [{ key, cause: new Error('AccessDenied') }];
      },
    };
    const report = await aCollector(refusing).run();
    expect(report.queues.object_removal).toMatchObject({ reviewed: 3, deleted: 2, postponed: 0, failures: 1 });
    expect(failures).toEqual(['object_removal Error: AccessDenied']);
    expect(await store.storage.keys()).toEqual([key]);
    expect(await removalsLeft()).toBe(1);
  });

  it.each([-600_000, 600_000])('goes by the database’s clock: its own may be %d ms off (I13)', async (skew) => {
    const [young, old] = [await store.pushed(), await store.pushed()];
    const delay = (digest: string, seconds: number) =>
      store.database.run(
        (db) => db.$executeRaw`
          UPDATE link_review SET review_after = now() + make_interval(secs => ${seconds}) WHERE digest = ${digest}`,
      );
    await delay(young.digest, 60);
    await delay(old.digest, -1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + skew });
    onTestFinished(() => void vi.useRealTimers());
    const report = await aCollector().run();
    expect(report.queues.link_review).toMatchObject({ reviewed: 1, deleted: 1 });
    const linked = await store.database.run((db) =>
      db.repositoryBlob.findMany({ where: { repositoryId: store.repository.id } }),
    );
    expect(linked.map(({ digest }) => digest)).toEqual([young.digest]);
  });

  it('stops between two batches when it is told to, and the rest is there for the next one', async () => {
    await garbage(8);
    const stopping = new AbortController();
    const once = {
      deleteMany: async (keys: readonly ObjectKey[]) => (stopping.abort(), store.storage.driver.deleteMany(keys)),
    };
    const { removedObjects } = await aCollector(once, 3).run(stopping.signal);
    expect(removedObjects).toBeGreaterThan(0);
    expect(removedObjects).toBeLessThan(8);
    await makeDue();
    await aCollector().run();
    expect(await store.storage.keys()).toEqual([]);
  });
});

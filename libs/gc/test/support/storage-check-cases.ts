import { BlobStore, GarbageStore, SYSTEM_ACTOR } from '@stowage/metadata';
import { aBlob } from '@stowage/metadata/testing';
import { blobKey, parseObjectKey, type StorageDriver } from '@stowage/storage';
import { describe, expect, it } from 'vitest';
import { checkStorage, Collector, scrub, WrongStorageError } from '../../src/index.js';
import { NO_DELAY, useStore } from './a-store.js';
import type { RealStorage } from './real-storage.js';

const DAY = 86_400;
/** Everything that is there is older than a minute from now. */
const OLDEST = -60;
const ALL = 1_000_000_000;
const never = new AbortController().signal;

/** What the check of the storage and the scrub promise, on a storage that is one. */
export function storageCheckCases(open: () => Promise<RealStorage>): void {
  const store = useStore(open);

  const check = ({ minAgeSeconds = OLDEST, storage = store.storage.driver as CheckedStorage } = {}) =>
    checkStorage({ inventory: store.inventory, storage, minAgeSeconds, secondLookSeconds: DAY }, never);
  const dayLater = () =>
    store.database.run(
      (db) => db.$executeRaw`UPDATE storage_finding SET first_seen = first_seen - interval '25 hours'`,
    );
  const collect = () => {
    const garbage = new GarbageStore(store.database, NO_DELAY);
    return new Collector({ garbage, storage: store.storage.driver, onFailure: unexpected }).run();
  };

  describe('an object without a row (G6)', () => {
    it('is noted when it is old, removed when it is seen again a day later, and nothing else goes (I7)', async () => {
      const [kept, stray] = [await store.pushed(), aBlob()];
      const key = blobKey(stray.digest, 'nobody');
      await store.put(key, stray.bytes);
      const foreign = parseObjectKey('blobs/something/else');
      await store.put(foreign, Buffer.alloc(1));
      expect(await check({ minAgeSeconds: DAY })).toMatchObject({ strays: 0, missing: 0 });
      expect(await check()).toMatchObject({ objects: 2, rows: 1, strays: 1, removedStrays: 0, missing: 0 });
      expect(await check()).toMatchObject({ strays: 1, removedStrays: 0 });
      await dayLater();
      expect(await check()).toMatchObject({ removedStrays: 1 });
      expect(await store.storage.keys()).toContain(key);
      await collect();
      expect(await store.storage.keys()).toEqual([kept.key, foreign].toSorted());
      expect(await store.inventory.counts()).toEqual({ stray: 0, missing: 0, damaged: 0 });
    });

    it('is left alone when a row names it at the second look', async () => {
      const blob = aBlob();
      const key = blobKey(blob.digest, 'late');
      await store.put(key, blob.bytes);
      await check();
      await dayLater();
      await store.database.run((db) =>
        db.blob.create({ data: { digest: blob.digest, size: blob.size, generation: 'late' } }),
      );
      expect(await check()).toMatchObject({ removedStrays: 0, missing: 0 });
      await collect();
      expect(await store.storage.keys()).toEqual([key]);
    });
  });

  describe('a row without an object (G6)', () => {
    it('is absent on every door from then on, until a push brings the bytes (R20, I3)', async () => {
      const [kept, lost] = [await store.pushed(), await store.pushed()];
      await store.storage.driver.delete(lost.key);
      expect(await check()).toMatchObject({ missing: 1, strays: 0 });
      expect(await store.live(lost.digest)).toBeUndefined();
      const links = new BlobStore(store.database, NO_DELAY);
      expect(await links.findInRepository(store.repository.name, lost.digest)).toBeUndefined();
      expect(await store.live(kept.digest)).toBeDefined();
      expect(await check()).toMatchObject({ missing: 0 });
      expect(await store.inventory.findings(10)).toMatchObject([{ kind: 'missing', digest: lost.digest }]);
      const audited = await store.database.run((db) => db.auditEvent.findMany({ where: { action: 'blob.lose' } }));
      expect(audited).toMatchObject([{ target: lost.digest, actorName: SYSTEM_ACTOR.name }]);

      const again = await store.push(lost);
      expect(again.key).not.toBe(lost.key);
      expect(await check()).toMatchObject({ missing: 0 });
      expect(await store.inventory.counts()).toEqual({ stray: 0, missing: 0, damaged: 0 });
    });

    it('is live again when its object comes back', async () => {
      const lost = await store.pushed();
      await store.storage.driver.delete(lost.key);
      await check();
      await store.put(lost.key, lost.bytes);
      expect(await check()).toMatchObject({ found: 1, missing: 0 });
      expect(await store.live(lost.digest)).toBeDefined();
    });

    it('is asked for by name first: an object that came after the list has passed is there', async () => {
      const { driver } = store.storage;
      const late = await store.pushed();
      await driver.delete(late.key);
      const storage: CheckedStorage = {
        stat: (key) => driver.stat(key),
        write: (key, source) => driver.write(key, source),
        delete: (key) => driver.delete(key),
        async *list(prefix, options) {
          yield* driver.list(prefix, options);
          await store.put(late.key, late.bytes);
        },
      };
      expect(await check({ storage })).toMatchObject({ objects: 0, missing: 0 });
      expect(await store.live(late.digest)).toBeDefined();
    });

    it('is taken for another storage when so many are: nothing is condemned', async () => {
      await store.database.run(
        (db) => db.$executeRaw`
          INSERT INTO blob (digest, size, generation)
          SELECT 'sha256:' || md5(i::text) || md5('-' || i), 1, 'gone' FROM generate_series(1, 150) i`,
      );
      await expect(check()).rejects.toBeInstanceOf(WrongStorageError);
      expect(await store.database.run((db) => db.blob.count({ where: { state: 'condemned' } }))).toBe(0);
    });
  });

  describe('a scrub', () => {
    it('finds a byte that is not what it was, and stays within its budget', async () => {
      const [good, bad] = [await store.pushed(), await store.pushed()];
      await store.storage.damage(bad.key);
      const damaged: string[] = [];
      const scrubbed = (maxBytes: number) =>
        scrub(
          {
            inventory: store.inventory,
            storage: store.storage.driver,
            maxBytes,
            onDamage: ({ digest }) => void damaged.push(digest),
          },
          never,
        );
      expect(await scrubbed(1)).toMatchObject({ blobs: 1 });
      await scrubbed(ALL);
      expect(damaged).toEqual([bad.digest]);
      expect(await store.live(bad.digest)).toBeUndefined();
      expect(await store.live(good.digest)).toBeDefined();
      expect(await scrubbed(ALL)).toMatchObject({ blobs: 1, damaged: 0 });
      expect(await store.inventory.counts()).toEqual({ stray: 0, missing: 0, damaged: 1 });
    });
  });
}

type CheckedStorage = Pick<StorageDriver, 'list' | 'stat' | 'write' | 'delete'>;

function unexpected(queue: string, error: unknown): never {
  throw new Error(`the collector failed at ${queue}`, { cause: error });
}

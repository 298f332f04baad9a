import { Readable } from 'node:stream';
import { createTestDatabase } from '@stowage/dev-env/testing';
import { BlobStore, Database, GarbageStore, type RepositoryRecord, StorageInventory } from '@stowage/metadata';
import { aBlob, createRepository, createTenant, migratedTemplate, storeBlob } from '@stowage/metadata/testing';
import { blobKey, MemoryDriver, type ObjectStat, parseObjectKey, type StorageDriver } from '@stowage/storage';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { checkStorage, Collector, scrub, WrongStorageError } from '../src/index.js';

const DAY = 86_400;
const NO_DELAY = { seconds: 0 };
let database: Database;
let storage: MemoryDriver;
let inventory: StorageInventory;
let repository: RepositoryRecord;

beforeEach(async () => {
  const created = await createTestDatabase({ template: migratedTemplate });
  database = new Database({ connectionString: created.connectionString });
  onTestFinished(async () => {
    await database.close();
    await created.dispose();
  });
  storage = new MemoryDriver();
  inventory = new StorageInventory(database);
  const tenant = await createTenant(database);
  repository = await createRepository(database, `${tenant.namespace.name}/app`);
});

const never = new AbortController().signal;

/** A storage whose objects are as old as this, by its own clock. */
function aged(
  seconds: number,
  hidden: readonly string[] = [],
): Pick<StorageDriver, 'list' | 'stat' | 'write' | 'delete'> {
  return {
    stat: (key) => storage.stat(key),
    write: (key, source) => storage.write(key, source),
    delete: (key) => storage.delete(key),
    async *list(prefix): AsyncGenerator<ObjectStat> {
      for await (const object of storage.list(prefix)) {
        const modifiedAt = new Date(object.modifiedAt.getTime() - seconds * 1000);
        if (!hidden.includes(object.key)) yield { ...object, modifiedAt };
      }
    },
  };
}

const check = (place = aged(2 * DAY)) =>
  checkStorage({ inventory, storage: place, minAgeSeconds: DAY, secondLookSeconds: DAY }, never);

const live = (digest: Parameters<BlobStore['findLive']>[0]) => new BlobStore(database, NO_DELAY).findLive(digest);

async function pushed() {
  const blob = aBlob();
  await storeBlob(database, repository, { digest: blob.digest, size: blob.size });
  const record = (await live(blob.digest))!;
  const key = blobKey(blob.digest, record.generation);
  await storage.write(key, Readable.from([blob.bytes]));
  return { ...blob, key };
}

async function objectsLeft(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list('')) keys.push(key);
  return keys;
}

const dayLater = () =>
  database.run((db) => db.$executeRaw`UPDATE storage_finding SET first_seen = first_seen - interval '25 hours'`);

describe('an object without a row (G6)', () => {
  it('is noted when it is old, removed when it is seen again a day later, and nothing else goes (I7)', async () => {
    const [kept, stray] = [await pushed(), aBlob()];
    const key = blobKey(stray.digest, 'nobody');
    await storage.write(key, Readable.from([stray.bytes]));
    const foreign = parseObjectKey('blobs/something/else');
    await storage.write(foreign, Readable.from([Buffer.alloc(1)]));
    expect(await check(aged(DAY / 2))).toMatchObject({ strays: 0, missing: 0 });
    expect(await check()).toMatchObject({ objects: 2, rows: 1, strays: 1, removedStrays: 0, missing: 0 });
    expect(await check()).toMatchObject({ strays: 1, removedStrays: 0 });
    await dayLater();
    expect(await check()).toMatchObject({ removedStrays: 1 });
    const onFailure = () => undefined;
    await new Collector({ garbage: new GarbageStore(database, NO_DELAY), storage, onFailure }).run();
    expect((await objectsLeft()).toSorted()).toEqual([kept.key, foreign].toSorted());
    expect(await inventory.counts()).toEqual({ stray: 0, missing: 0, damaged: 0 });
  });

  it('is left alone when a row names it at the second look', async () => {
    const blob = aBlob();
    await storage.write(blobKey(blob.digest, 'late'), Readable.from([blob.bytes]));
    await check();
    await dayLater();
    await database.run((db) => db.blob.create({ data: { digest: blob.digest, size: blob.size, generation: 'late' } }));
    expect(await check()).toMatchObject({ removedStrays: 0, missing: 0 });
    expect(await objectsLeft()).toEqual([blobKey(blob.digest, 'late')]);
  });
});

describe('a row without an object (G6)', () => {
  it('is absent on every door from then on, until a push brings the bytes (R20, I3)', async () => {
    const [kept, lost] = [await pushed(), await pushed()];
    await storage.delete(lost.key);
    expect(await check()).toMatchObject({ missing: 1, strays: 0 });
    expect(await live(lost.digest)).toBeUndefined();
    expect(await live(kept.digest)).toBeDefined();
    expect(await check()).toMatchObject({ missing: 0 });
    expect(await inventory.findings(10)).toMatchObject([{ kind: 'missing', digest: lost.digest }]);
    const audited = await database.run((db) => db.auditEvent.findMany({ where: { action: 'blob.lose' } }));
    expect(audited.map(({ target }) => target)).toEqual([lost.digest]);

    await storeBlob(database, repository, { digest: lost.digest, size: lost.size });
    const again = (await live(lost.digest))!;
    expect(blobKey(again.digest, again.generation)).not.toBe(lost.key);
    await storage.write(blobKey(again.digest, again.generation), Readable.from([lost.bytes]));
    expect(await check()).toMatchObject({ missing: 0 });
    expect(await inventory.counts()).toEqual({ stray: 0, missing: 0, damaged: 0 });
  });

  it('is live again when its object comes back', async () => {
    const lost = await pushed();
    await storage.delete(lost.key);
    await check();
    await storage.write(lost.key, Readable.from([lost.bytes]));
    expect(await check()).toMatchObject({ found: 1, missing: 0 });
    expect(await live(lost.digest)).toBeDefined();
  });

  it('is asked for by name first: an object that came after the list has passed is there', async () => {
    const late = await pushed();
    expect(await check(aged(2 * DAY, [late.key]))).toMatchObject({ missing: 0 });
    expect(await live(late.digest)).toBeDefined();
  });

  it('is taken for another storage when so many are: nothing is condemned', async () => {
    await database.run(
      (db) => db.$executeRaw`
        INSERT INTO blob (digest, size, generation)
        SELECT 'sha256:' || md5(i::text) || md5('-' || i), 1, 'gone' FROM generate_series(1, 150) i`,
    );
    await expect(check()).rejects.toBeInstanceOf(WrongStorageError);
    expect(await database.run((db) => db.blob.count({ where: { state: 'condemned' } }))).toBe(0);
  });
});

describe('a scrub', () => {
  it('finds bytes that are not what their digest says, and stays within its budget', async () => {
    const [good, bad] = [await pushed(), await pushed()];
    await storage.write(bad.key, Readable.from([Buffer.alloc(bad.size)]));
    const damaged: string[] = [];
    const options = { inventory, storage, onDamage: ({ digest }: { digest: string }) => void damaged.push(digest) };
    expect(await scrub({ ...options, maxBytes: 1 }, never)).toMatchObject({ blobs: 1 });
    await scrub({ ...options, maxBytes: 1_000_000_000 }, never);
    expect(damaged).toEqual([bad.digest]);
    expect(await live(bad.digest)).toBeUndefined();
    expect(await live(good.digest)).toBeDefined();
    expect(await scrub({ ...options, maxBytes: 1_000_000_000 }, never)).toMatchObject({ blobs: 1, damaged: 0 });
    expect(await inventory.counts()).toEqual({ stray: 0, missing: 0, damaged: 1 });
  });
});

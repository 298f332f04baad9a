import { Readable } from 'node:stream';
import { createTestDatabase } from '@stowage/dev-env/testing';
import { type BlobRecord, BlobStore, Database, type RepositoryRecord, StorageInventory } from '@stowage/metadata';
import {
  aBlob,
  createRepository,
  createTenant,
  migratedTemplate,
  storeBlob,
  type TestBlob,
} from '@stowage/metadata/testing';
import { blobKey, type ObjectKey } from '@stowage/storage';
import { beforeEach, onTestFinished } from 'vitest';
import type { RealStorage } from './real-storage.js';

export const NO_DELAY = { seconds: 0 };

export interface PushedBlob extends TestBlob {
  readonly record: BlobRecord;
  readonly key: ObjectKey;
}

/** Rows and objects of the test that runs: a database, a repository, and a storage that was opened for it. */
export interface AStore<Storage extends RealStorage> {
  readonly database: Database;
  readonly storage: Storage;
  readonly inventory: StorageInventory;
  readonly repository: RepositoryRecord;
  /** Undefined when no door would show it. */
  live(digest: TestBlob['digest']): Promise<BlobRecord | undefined>;
  pushed(): Promise<PushedBlob>;
  /** Brings the row of the blob about, and its bytes under the generation that it has then. */
  push(blob: TestBlob): Promise<PushedBlob>;
  put(key: ObjectKey, bytes: Buffer): Promise<void>;
}

export function useStore<Storage extends RealStorage>(open: () => Promise<Storage>): AStore<Storage> {
  const store = {} as { -readonly [Name in keyof AStore<Storage>]: AStore<Storage>[Name] };
  beforeEach(async () => {
    const created = await createTestDatabase({ template: migratedTemplate });
    const database = new Database({ connectionString: created.connectionString, maxConnections: 20 });
    const storage = await open();
    onTestFinished(async () => {
      await database.close();
      await created.dispose();
      await storage.dispose();
    });
    const tenant = await createTenant(database);
    const repository = await createRepository(database, `${tenant.namespace.name}/app`);
    const live: (typeof store)['live'] = (digest) => new BlobStore(database, NO_DELAY).findLive(digest);
    const put: (typeof store)['put'] = async (key, bytes) =>
      void (await storage.driver.write(key, Readable.from([bytes])));
    const push: (typeof store)['push'] = async (blob) => {
      await storeBlob(database, repository, { digest: blob.digest, size: blob.size });
      const record = (await live(blob.digest))!;
      const key = blobKey(blob.digest, record.generation);
      await put(key, blob.bytes);
      return { ...blob, record, key };
    };
    const pushed = () => push(aBlob());
    Object.assign(store, { database, storage, repository, live, put, push, pushed });
    store.inventory = new StorageInventory(database);
  });
  return store;
}

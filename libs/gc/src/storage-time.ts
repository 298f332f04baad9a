import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { parseObjectKey, type StorageDriver } from '@stowage/storage';

/** What the storage's own clock says: the time that it gives an object which is written now. */
export async function storageTime(storage: Pick<StorageDriver, 'write' | 'delete'>): Promise<Date> {
  const key = parseObjectKey(`clock/${randomUUID()}`);
  const { modifiedAt } = await storage.write(key, Readable.from([Buffer.alloc(1)]));
  await storage.delete(key);
  return modifiedAt;
}

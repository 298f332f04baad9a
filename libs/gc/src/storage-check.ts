import type { StorageInventory, StoredBlob } from '@stowage/metadata';
import { blobKey, ObjectNotFoundError, type StorageDriver } from '@stowage/storage';
import { blobsInRows } from './blobs-in-rows.js';
import { blobsInStorage } from './blobs-in-storage.js';
import { ObjectCursor } from './object-cursor.js';
import { storageTime } from './storage-time.js';
import { StrayNotes } from './stray-notes.js';

export interface StorageCheckOptions {
  readonly inventory: StorageInventory;
  readonly storage: Pick<StorageDriver, 'list' | 'stat' | 'write' | 'delete'>;
  /** Younger objects may belong to a push that is not over; by the storage's own clock. */
  readonly minAgeSeconds: number;
  /** From the first look at a stray to its removal. */
  readonly secondLookSeconds: number;
}

export interface StorageCheckReport {
  readonly objects: number;
  readonly rows: number;
  readonly strays: number;
  readonly removedStrays: number;
  readonly missing: number;
  readonly found: number;
}

/** So many blobs don't vanish one by one: it is another storage, or an empty one. */
export class WrongStorageError extends Error {
  override name = 'WrongStorageError';

  constructor(
    readonly missing: number,
    readonly rows: number,
  ) {
    super(`${missing} of ${rows} blobs have no object`);
  }
}

const BATCH = 500;
const FEW_MISSING = 100;
const LARGEST_SHARE = 0.1;

/**
 * Holds storage against rows, both ways, in one pass over each in the order of digests. An object without a row is noted,
 * and removed by collectors when a later look finds it again; a row without an object is condemned, unless so many are
 * that it must be the wrong storage. Throws `WrongStorageError`, then nothing was condemned.
 */
export async function checkStorage(options: StorageCheckOptions, signal: AbortSignal): Promise<StorageCheckReport> {
  const { inventory, storage } = options;
  const since = await inventory.now();
  const oldest = new Date((await storageTime(storage)).getTime() - options.minAgeSeconds * 1000);
  const strays = new StrayNotes(inventory, oldest);
  const counts = { rows: 0, found: 0 };
  const suspects: StoredBlob[] = [];
  const objects = new ObjectCursor(blobsInStorage(storage, signal));
  for await (const row of blobsInRows(inventory, BATCH)) {
    signal.throwIfAborted();
    counts.rows += 1;
    const isThere = await objects.passTo(row, (object) => strays.add(object));
    if (!isThere && !row.isLost) suspects.push(row);
    if (isThere && row.isLost && (await inventory.revive(row))) counts.found += 1;
  }
  await objects.passTo(undefined, (object) => strays.add(object));
  await strays.flush();
  const missing = await condemnMissing(options, suspects, counts.rows);
  await inventory.forgetSettled(since);
  const removedStrays = await inventory.removeStrays(options.secondLookSeconds, since);
  return { ...counts, objects: objects.count, strays: strays.count, missing, removedStrays };
}

/** The pass took its time: each is asked for by name before its row is condemned. */
async function condemnMissing(
  { inventory, storage }: StorageCheckOptions,
  suspects: readonly StoredBlob[],
  rows: number,
): Promise<number> {
  const missing: StoredBlob[] = [];
  for (const blob of suspects) if (!(await isThere(storage, blob))) missing.push(blob);
  if (missing.length > FEW_MISSING && missing.length > rows * LARGEST_SHARE) {
    throw new WrongStorageError(missing.length, rows);
  }
  let condemned = 0;
  for (const blob of missing) if (await inventory.condemn(blob, 'missing')) condemned += 1;
  return condemned;
}

async function isThere(storage: StorageCheckOptions['storage'], { digest, generation }: StoredBlob): Promise<boolean> {
  try {
    await storage.stat(blobKey(digest, generation));
    return true;
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return false;
    throw error;
  }
}

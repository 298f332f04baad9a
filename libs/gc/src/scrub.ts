import { createHash, randomBytes } from 'node:crypto';
import type { StorageInventory, StoredBlob } from '@stowage/metadata';
import { digestAlgorithm, formatDigest } from '@stowage/oci';
import { blobKey, ObjectNotFoundError, type StorageDriver } from '@stowage/storage';

export interface ScrubOptions {
  readonly inventory: StorageInventory;
  readonly storage: Pick<StorageDriver, 'read'>;
  /** How much is read at most, but for the last blob. */
  readonly maxBytes: number;
  /** Told of each blob whose bytes are not what its digest says. */
  readonly onDamage: (blob: StoredBlob) => void;
}

export interface ScrubReport {
  readonly blobs: number;
  readonly bytes: number;
  readonly damaged: number;
}

const PAGE = 20;

/** Reads blobs from a random one on until the budget is used up, or all were read, and condemns what is damaged. */
export async function scrub(options: ScrubOptions, signal: AbortSignal): Promise<ScrubReport> {
  const { inventory, maxBytes, onDamage } = options;
  const report = { blobs: 0, bytes: 0, damaged: 0 };
  const start = `sha256:${randomBytes(32).toString('hex')}`;
  for await (const blob of fromTo(inventory, start)) {
    if (signal.aborted || report.bytes >= maxBytes) break;
    const outcome = await examine(options.storage, blob, signal);
    report.blobs += 1;
    report.bytes += blob.size;
    if (outcome !== 'damaged' || !(await inventory.condemn(blob, 'damaged'))) continue;
    report.damaged += 1;
    onDamage(blob);
  }
  return report;
}

/** Once around, each blob once. */
async function* fromTo(inventory: StorageInventory, start: string): AsyncGenerator<StoredBlob> {
  yield* pages(inventory, start, undefined);
  yield* pages(inventory, '', start);
}

async function* pages(inventory: StorageInventory, from: string, end: string | undefined): AsyncGenerator<StoredBlob> {
  for (let next = from; ; ) {
    const blobs = await inventory.sample(next, PAGE);
    for (const blob of blobs) {
      if (end !== undefined && blob.digest >= end) return;
      yield blob;
    }
    const last = blobs.at(-1);
    if (!last || blobs.length < PAGE) return;
    next = `${last.digest}0`; // right after it
  }
}

/** A missing object is for the check of the storage to find: it may be on its way out. */
async function examine(
  storage: ScrubOptions['storage'],
  { digest, generation, size }: StoredBlob,
  signal: AbortSignal,
): Promise<'good' | 'damaged' | 'missing'> {
  try {
    const algorithm = digestAlgorithm(digest);
    const hash = createHash(algorithm);
    let bytes = 0;
    for await (const chunk of await storage.read(blobKey(digest, generation), { signal })) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
    return bytes === size && formatDigest(algorithm, hash.digest('hex')) === digest ? 'good' : 'damaged';
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return 'missing';
    throw error;
  }
}

import { constants } from 'node:fs';
import { type FileHandle, open, rename, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type DeleteFailure, type ObjectKey, type ObjectStat, parseObjectKey } from '@stowage/storage';
import { DurableDirectories, syncDirectory } from './durable-directories.js';
import { hasCode, isMissing, toStorageError } from './fs-errors.js';
import { Lanes } from './lanes.js';

/** Not a place for objects: the staging folder lies beside them. */
export const STAGING_NAME = 'uploads';

const PUBLISH_ATTEMPTS = 5;
/**
 * At a time, however many collectors remove things. Half as many made removal beside downloads two to three times slower, and
 * the 99th percentile of the downloads no better.
 */
const REMOVAL_LANES = 4;

/** The folder of published objects: a key is a path below the root. */
export class ObjectTree {
  readonly #root: string;
  readonly #directories: DurableDirectories;
  readonly #removals = new Lanes(REMOVAL_LANES);

  constructor(root: string) {
    this.#root = root;
    this.#directories = new DurableDirectories(root);
  }

  pathOf(key: ObjectKey): string {
    // Checked again although the type says so: this is where a string becomes a path.
    const path = parseObjectKey(key);
    if (path === STAGING_NAME || path.startsWith(`${STAGING_NAME}/`)) throw new TypeError('a reserved object key');
    return join(this.#root, path);
  }

  async stat(key: ObjectKey): Promise<ObjectStat | undefined> {
    try {
      const stats = await stat(this.pathOf(key));
      return stats.isFile() ? { key, size: stats.size, modifiedAt: stats.mtime } : undefined;
    } catch (cause) {
      if (isMissing(cause)) return undefined;
      throw cause;
    }
  }

  async open(key: ObjectKey): Promise<FileHandle | undefined> {
    try {
      return await open(this.pathOf(key), 'r');
    } catch (cause) {
      if (isMissing(cause)) return undefined;
      throw cause;
    }
  }

  /** For reads of whole blocks past the page cache. Undefined where that can't be done; the other handle can read it all. */
  async openDirect(key: ObjectKey): Promise<FileHandle | undefined> {
    if (constants.O_DIRECT === undefined) return undefined;
    return open(this.pathOf(key), constants.O_RDONLY | constants.O_DIRECT).catch(() => undefined);
  }

  /** Moves a complete, synced file to a path of this tree and makes its name durable. Rejects with ENOENT when the file is gone. */
  async publish(file: string, target: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const settle = await this.#directories.make(dirname(target));
        await rename(file, target);
        await Promise.all([settle(), syncDirectory(dirname(target))]);
        return;
      } catch (cause) {
        // A delete of the last neighbour removes the folder at any time between these lines.
        if (!hasCode(cause, 'ENOENT') || attempt === PUBLISH_ATTEMPTS) throw cause;
        this.#directories.forget();
      }
    }
  }

  /** Makes durable what another call has moved into place. */
  async settle(key: ObjectKey): Promise<void> {
    const folder = dirname(this.pathOf(key));
    await this.#directories.ensure(folder);
    await syncDirectory(folder);
  }

  /** As `remove` for each, but each folder is made durable once. The objects that the system would not remove. */
  async removeMany(keys: readonly ObjectKey[]): Promise<{ readonly removed: number; failures: DeleteFailure[] }> {
    const changed = new Set<string>();
    const failures: DeleteFailure[] = [];
    let removed = 0;
    await this.#removals.each(keys, async (key) => {
      try {
        const path = this.pathOf(key);
        const folder = dirname(path);
        await unlink(path);
        removed += 1;
        changed.add((await removeIfEmpty(folder)) ? dirname(folder) : folder);
      } catch (cause) {
        if (!isMissing(cause)) failures.push({ key, cause: toStorageError(cause) });
      }
    });
    await this.#removals.each([...changed], (folder) => syncIfThere(folder));
    return { removed, failures };
  }

  /** False when there was nothing. Takes the folder along when it was the last object in it. */
  async remove(key: ObjectKey): Promise<boolean> {
    const path = this.pathOf(key);
    const folder = dirname(path);
    try {
      await unlink(path);
      await syncDirectory((await removeIfEmpty(folder)) ? dirname(folder) : folder);
      return true;
    } catch (cause) {
      if (isMissing(cause)) return false;
      throw cause;
    }
  }
}

async function removeIfEmpty(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (cause) {
    if (hasCode(cause, 'ENOTEMPTY') || hasCode(cause, 'EEXIST')) return false;
    throw cause;
  }
}

/** A folder that was emptied and removed meanwhile was made durable by whoever did that. */
async function syncIfThere(folder: string): Promise<void> {
  await syncDirectory(folder).catch((cause: unknown) => {
    if (!isMissing(cause)) throw cause;
  });
}

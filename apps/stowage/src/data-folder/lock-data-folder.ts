import { access, constants, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DataFolderError } from './data-folder-error.js';
import { describeHolder, removeHolder, writeHolder } from './folder-holder.js';

const SQLITE_BUSY = 5;

export interface DataFolderLock {
  /** May be called more than once. The end of the process, however it comes, releases the lock as well. */
  release(): Promise<void>;
}

/** A database that is collected as garbage is closed, and its lock with it. */
const held = new Set<DatabaseSync>();

/**
 * Makes the folder (mode 0700) if it is absent, and keeps every other process out of it. Of any number of
 * simultaneous calls one wins; the others throw DataFolderError and name the winner.
 *
 * The lock is the kernel's (`fcntl`, which Node offers only through SQLite): the kernel lets go when the process
 * ends, also by kill -9. So nothing is ever left behind that would have to be judged by a pid, and it holds
 * between containers that share the folder. The file stays: whoever removed it would open the door to a second
 * holder. @NOTE No other code may open `stowage.lock`: closing it would release the lock, as POSIX has it.
 */
export async function lockDataFolder(folder: string): Promise<DataFolderLock> {
  const absolute = path.resolve(folder);
  await makeFolder(absolute);
  const database = await openLocked(absolute);
  held.add(database);
  const unlock = () => {
    if (held.delete(database)) database.close();
  };
  try {
    await writeHolder(absolute);
  } catch (cause) {
    unlock();
    throw unusable(absolute, cause);
  }
  return {
    release: async () => {
      if (!held.has(database)) return;
      await removeHolder(absolute);
      unlock();
    },
  };
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw unusable(folder, cause);
  }
}

async function openLocked(folder: string): Promise<DatabaseSync> {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path.join(folder, 'stowage.lock'));
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (cause) {
    database?.close();
    if ((cause as { errcode?: number }).errcode !== SQLITE_BUSY) throw unusable(folder, cause);
    throw new DataFolderError(
      folder,
      `the data folder ${folder} is in use by ${await describeHolder(folder)}: stop that one, or set STOWAGE_DATA_DIR to another folder`,
    );
  }
}

function unusable(folder: string, cause: unknown): DataFolderError {
  const { code } = cause as NodeJS.ErrnoException;
  const why = (code && REASONS[code]) ?? (cause instanceof Error ? cause.message : String(cause));
  return new DataFolderError(
    folder,
    `the data folder ${folder} can't be used (${why}): set STOWAGE_DATA_DIR to a folder that this user may write to`,
    { cause },
  );
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'it is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'it is a file',
};

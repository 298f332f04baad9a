import { StorageFullError, StorageUnavailableError } from '@stowage/storage';

/** Nothing at that path. Whether the object or the whole volume is missing is for the caller to find out. */
export function isMissing(cause: unknown): boolean {
  return hasCode(cause, 'ENOENT') || hasCode(cause, 'ENOTDIR');
}

export function hasCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}

/**
 * Whatever the system says (ENOSPC, EDQUOT, EIO, EACCES, EROFS, EMFILE, or ENOENT of the volume itself) makes the
 * backend unavailable, or full. Anything else, such as an abort or an error of this package, stays what it is.
 */
export function toStorageError(cause: unknown): unknown {
  if (!(cause instanceof Error) || !('errno' in cause) || !('code' in cause)) return cause;
  const isFull = cause.code === 'ENOSPC' || cause.code === 'EDQUOT';
  const Unavailable = isFull ? StorageFullError : StorageUnavailableError;
  return new Unavailable(`the file system answered ${String(cause.code)}`, { cause });
}

/**
 * Runs calls of the file system, and only those: an ECONNRESET of a source or an EPIPE of a sink looks the same as
 * an error of the disk, and must not be taken for one.
 */
export async function onDisk<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw toStorageError(cause);
  }
}

export async function* onDiskEach<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (cause) {
    throw toStorageError(cause);
  }
}

import {
  abortReason,
  ObjectNotFoundError,
  StorageError,
  StorageUnavailableError,
  UploadNotFoundError,
} from '@stowage/storage';

/** A condition on a write said that there is an object under the key. Stays inside this package. */
export class ObjectExistsError extends StorageError {
  override name = 'ObjectExistsError';
}

const MISSING_OBJECT = new Set(['NoSuchKey', 'NotFound']);
/** Also parts that don't fit together any more: nobody can do anything with such an upload but begin again. */
const MISSING_UPLOAD = new Set(['NoSuchUpload', 'InvalidPart', 'InvalidPartOrder', 'EntityTooSmall']);
const EXISTING_OBJECT = new Set(['PreconditionFailed', 'ConditionalRequestConflict']);

/**
 * The one place that knows how the service says that something is missing. Everything else (the network, 5xx, SlowDown,
 * AccessDenied, a bucket that is gone, which is a 404 as well) makes the backend unavailable.
 */
export function toStorageError(cause: unknown, key: string): StorageError {
  if (cause instanceof StorageError) return cause;
  const name = cause instanceof Error ? cause.name : '';
  if (MISSING_OBJECT.has(name)) return new ObjectNotFoundError(`no object ${key}`, { cause });
  if (MISSING_UPLOAD.has(name)) return new UploadNotFoundError('no such upload', { cause });
  if (EXISTING_OBJECT.has(name)) return new ObjectExistsError(`there is an object ${key}`, { cause });
  return new StorageUnavailableError(`the S3 service answered ${name || String(cause)}`, { cause });
}

/** Runs calls of the service, and only those: errors of a source or a sink must not be taken for its own. */
export async function onService<T>(key: string, signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> {
  if (signal?.aborted) throw abortReason(signal);
  try {
    return await run();
  } catch (cause) {
    throw signal?.aborted ? abortReason(signal) : toStorageError(cause, key);
  }
}

export function isDenied(error: unknown): boolean {
  return error instanceof StorageError && error.cause instanceof Error && error.cause.name === 'AccessDenied';
}

/** The service doesn't know something that was asked of it, such as a condition. */
export function isNotImplemented(error: unknown): boolean {
  return error instanceof StorageError && error.cause instanceof Error && error.cause.name === 'NotImplemented';
}

export function isMissing(error: unknown): boolean {
  return error instanceof ObjectNotFoundError || error instanceof UploadNotFoundError;
}

export function isUnavailable(error: unknown): boolean {
  return error instanceof StorageUnavailableError;
}

import { failPoint } from '@stowage/failpoints';
import { type ObjectKey, StorageUnavailableError, UploadNotFoundError, type UploadState } from '@stowage/storage';
import type { Bucket, StoredObject } from './bucket.js';
import { findMark } from './marks.js';
import { isMissing, ObjectExistsError } from './s3-errors.js';
import { sealParts } from './seal-parts.js';
import type { ServerCopy } from './server-copy.js';
import { objectPath } from './staging-paths.js';

interface Places {
  readonly bucket: Bucket;
  readonly copies: ServerCopy;
}

/** `StorageDriver.commitUpload`: the staged bytes as one object, copied under its key by the service. */
export async function publishUpload(places: Places, state: UploadState, key: ObjectKey): Promise<StoredObject> {
  const { bucket, copies } = places;
  const to = objectPath(key);
  try {
    const from = await sealParts(bucket, await findMark(bucket, state));
    await failPoint('K5');
    await copies.run({ from, to, size: state.offset });
  } catch (cause) {
    await requirePublished(bucket, state, { path: to, cause });
  }
  return bucket.head(to);
}

/** The answer to a commit got lost and the client asks again, or two of its requests came at once. */
async function requirePublished(
  bucket: Bucket,
  state: UploadState,
  found: { path: string; cause: unknown },
): Promise<void> {
  const { path, cause } = found;
  if (!isMissing(cause) && !(cause instanceof ObjectExistsError)) throw cause;
  const published = await bucket.find(path);
  if (published?.size === state.offset) return;
  if (isMissing(cause)) throw new UploadNotFoundError('no such upload', { cause });
  throw new StorageUnavailableError('other bytes are published under the key', { cause });
}

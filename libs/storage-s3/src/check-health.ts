import { StorageUnavailableError } from '@stowage/storage';
import type { Bucket } from './bucket.js';
import { newToken, STAGING } from './staging-paths.js';

const PROBE = Buffer.from('ok');

/** Resolves when an object can be written, read and removed. It looks like an upload, so that a sweep finds it after a crash. */
export async function checkHealth(bucket: Bucket, signal: AbortSignal | undefined): Promise<void> {
  const path = `${STAGING}${newToken()}/probe`;
  await bucket.put(path, PROBE, { signal });
  try {
    const { bytes } = await bucket.bytes(path, signal);
    if (!bytes.equals(PROBE)) throw new StorageUnavailableError('the S3 service gave back other bytes than it got');
  } finally {
    await bucket.remove(path);
  }
}

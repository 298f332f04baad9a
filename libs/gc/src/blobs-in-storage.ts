import type { StoredBlob } from '@stowage/metadata';
import { isDigest } from '@stowage/oci';
import type { StorageDriver } from '@stowage/storage';

export interface SeenObject extends StoredBlob {
  /** By the storage's own clock. */
  readonly modifiedAt: Date;
}

const KEY = /^blobs\/([a-z0-9]+)\/[0-9a-f]{2}\/([0-9a-f]+)\/([^/]+)$/;

/** Objects whose keys are those of blobs, in the order of digests. What else lies there is nobody's business. */
export async function* blobsInStorage(
  storage: Pick<StorageDriver, 'list'>,
  signal: AbortSignal,
): AsyncGenerator<SeenObject, undefined> {
  for await (const { key, size, modifiedAt } of storage.list('blobs/', { signal })) {
    const [, algorithm, hex, generation] = KEY.exec(key) ?? [];
    const digest = `${algorithm}:${hex}`;
    if (generation !== undefined && isDigest(digest)) yield { digest, generation, size, modifiedAt };
  }
  return undefined;
}

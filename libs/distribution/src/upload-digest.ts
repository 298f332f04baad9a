import { createHash } from 'node:crypto';
import { type Digest, digestAlgorithm, formatDigest } from '@stowage/oci';
import type { StorageDriver, UploadState } from '@stowage/storage';
import type { RunningDigest } from './running-digests.js';

/**
 * The digest of all staged bytes, in the algorithm of `expected`: from the hash that ran along when there is one,
 * else by reading the bytes back.
 */
export async function digestOfUpload(
  storage: StorageDriver,
  state: UploadState,
  input: { readonly expected: Digest; readonly running: RunningDigest | undefined },
): Promise<Digest> {
  const algorithm = digestAlgorithm(input.expected);
  const { running } = input;
  if (running?.algorithm === algorithm && running.offset === state.offset) {
    return formatDigest(algorithm, running.hash.digest('hex'));
  }
  const hash = createHash(algorithm);
  for await (const chunk of await storage.readUpload(state)) hash.update(chunk as Buffer);
  return formatDigest(algorithm, hash.digest('hex'));
}

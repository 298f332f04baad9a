import { createHash, type Hash } from 'node:crypto';
import type { DigestAlgorithm } from '@stowage/oci';

export interface RunningDigest {
  readonly algorithm: DigestAlgorithm;
  readonly hash: Hash;
  /** Bytes that went into the hash. */
  offset: number;
}

/**
 * The hashes of uploads that this process is receiving. Node's hash can't save its state, so it lives here while
 * the same process serves the session; another process, or this one after a restart, reads the staged bytes again.
 * Never the truth: an entry counts only when its offset is the session's.
 */
export class RunningDigests {
  readonly #byUpload = new Map<string, RunningDigest>();

  constructor(private readonly capacity: number) {}

  /** Removes and returns the hash of the first `offset` bytes; a new one at offset 0. Undefined when they must be read again. */
  take(uploadId: string, offset: number): RunningDigest | undefined {
    const known = this.#byUpload.get(uploadId);
    this.#byUpload.delete(uploadId);
    if (known?.offset === offset) return known;
    return offset === 0 ? newRunningDigest('sha256') : undefined;
  }

  /** Keeps it for the next request; the oldest entry goes when there are too many. */
  keep(uploadId: string, digest: RunningDigest): void {
    const oldest = this.#byUpload.keys().next();
    if (this.#byUpload.size >= this.capacity && !oldest.done) this.#byUpload.delete(oldest.value);
    this.#byUpload.set(uploadId, digest);
  }

  forget(uploadId: string): void {
    this.#byUpload.delete(uploadId);
  }
}

export function newRunningDigest(algorithm: DigestAlgorithm): RunningDigest {
  return { algorithm, hash: createHash(algorithm), offset: 0 };
}

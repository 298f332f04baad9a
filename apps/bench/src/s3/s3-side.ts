import type { Blob } from '../random-blob.js';

/** One of two ways to the same bucket service. */
export interface S3Side {
  readonly name: string;
  readonly pid: number;
  /** All at the same time; resolves with MB/s. */
  push(blobs: readonly Blob[]): Promise<number>;
  pull(blobs: readonly Blob[]): Promise<number>;
}

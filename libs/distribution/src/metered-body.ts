import { Transform, type TransformCallback } from 'node:stream';
import type { RunningDigest } from './running-digests.js';

/** More bytes arrived than the caller may store. */
export class ByteLimitExceededError extends Error {
  override name = 'ByteLimitExceededError';
}

/** On each side of it: a few chunks of a socket, so that many uploads at once stay small. */
const BUFFERED_BYTES = 256 * 1024;

/** Counts, limits and hashes a body on its way to storage, in one pass and without keeping any of it. */
export class MeteredBody extends Transform {
  bytes = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly digest: RunningDigest | undefined,
  ) {
    super({ readableHighWaterMark: BUFFERED_BYTES, writableHighWaterMark: BUFFERED_BYTES });
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.maxBytes) {
      done(new ByteLimitExceededError('the body is larger than the space that is left'));
      return;
    }
    if (this.digest) {
      this.digest.hash.update(chunk);
      this.digest.offset += chunk.length;
    }
    done(null, chunk);
  }
}

import { createHash, randomBytes } from 'node:crypto';
import { type Digest, formatDigest } from '@stowage/oci';
import { MIB } from './options.js';

/** Blobs are made of windows into this: random enough that nothing can compress or deduplicate them, and free to make. */
const POOL = randomBytes(16 * MIB);

export interface Blob {
  readonly size: number;
  readonly digest: Digest;
  chunks(): Iterable<Buffer>;
}

/** Bytes that no other call gives. The hashing is done here, so that no measurement contains it. */
export function makeRandomBlob(size: number): Blob {
  const seed = randomBytes(4).readUInt32LE();
  const salt = randomBytes(16);
  const chunks = () => windows(size, seed, salt);
  const hash = createHash('sha256');
  for (const chunk of chunks()) hash.update(chunk);
  return { size, digest: formatDigest('sha256', hash.digest('hex')), chunks };
}

export function makeBlob(content: Buffer): Blob {
  const hex = createHash('sha256').update(content).digest('hex');
  return { size: content.length, digest: formatDigest('sha256', hex), chunks: () => [content] };
}

function* windows(size: number, seed: number, salt: Buffer): Generator<Buffer> {
  let state = seed;
  yield salt.subarray(0, Math.min(salt.length, size));
  for (let made = salt.length; made < size; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const start = state % (POOL.length - MIB);
    const length = Math.min(MIB, size - made);
    yield POOL.subarray(start, start + length);
    made += length;
  }
}

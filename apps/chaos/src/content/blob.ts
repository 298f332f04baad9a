import { createHash } from 'node:crypto';
import { type Digest, formatDigest } from '@stowage/oci';

/** Bytes with their name. */
export interface Blob {
  readonly digest: Digest;
  readonly bytes: Buffer;
}

export function blobOf(bytes: Buffer): Blob {
  return { bytes, digest: digestOf(bytes) };
}

export function digestOf(bytes: Uint8Array): Digest {
  return formatDigest('sha256', createHash('sha256').update(bytes).digest('hex'));
}

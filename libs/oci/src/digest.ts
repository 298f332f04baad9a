import type { Branded } from './brand.js';
import { OciError } from './oci-error.js';

export type Digest = Branded<'Digest'>;
export type DigestAlgorithm = 'sha256' | 'sha512';

const HEX_LENGTH: Record<DigestAlgorithm, number> = { sha256: 64, sha512: 128 };
const DIGEST = /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

export function isDigest(text: string): text is Digest {
  return DIGEST.test(text);
}

/** Accepts the registered algorithms of image-spec (sha256, sha512), lower-case hex. Throws DIGEST_INVALID. */
export function parseDigest(text: string): Digest {
  if (isDigest(text)) return text;
  throw new OciError('DIGEST_INVALID', {
    message: 'digest must be sha256: or sha512: followed by lower-case hex',
    detail: { digest: text.slice(0, 200) },
  });
}

/** `?digest-algorithm=` of an upload (end-4c); sha256 when absent. Throws DIGEST_INVALID for one that we don't have. */
export function parseDigestAlgorithm(text: string | undefined): DigestAlgorithm {
  if (text === undefined || text === 'sha256' || text === 'sha512') return text ?? 'sha256';
  throw new OciError('DIGEST_INVALID', { message: 'digest-algorithm must be sha256 or sha512' });
}

export function digestAlgorithm(digest: Digest): DigestAlgorithm {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256';
}

export function digestHex(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1);
}

/** Joins an algorithm and the hex that its hash function printed. */
export function formatDigest(algorithm: DigestAlgorithm, hex: string): Digest {
  if (hex.length !== HEX_LENGTH[algorithm]) throw new TypeError(`not a ${algorithm} hash`);
  return `${algorithm}:${hex}` as Digest;
}

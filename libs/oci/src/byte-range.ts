import { OciError } from './oci-error.js';

/** First and last byte, both inclusive. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

const CONTENT_RANGE = /^(?:bytes[ =])?(\d{1,15})-(\d{1,15})(?:\/(?:\d{1,15}|\*))?$/;
const RANGE = /^bytes=(\d*)-(\d*)$/;

/**
 * `Content-Range` of a chunk: distribution-spec writes `<start>-<end>`, some clients `bytes a-b/*`.
 * Throws BLOB_UPLOAD_INVALID when it is no range at all.
 */
export function parseContentRange(text: string): ByteRange {
  const match = CONTENT_RANGE.exec(text.trim());
  const first = Number(match?.[1]);
  const last = Number(match?.[2]);
  if (!match || last < first) {
    throw new OciError('BLOB_UPLOAD_INVALID', { message: 'Content-Range must be <first>-<last>, both inclusive' });
  }
  return { first, last };
}

/**
 * A single `Range` of a blob of `size` bytes (RFC 9110, 14.1.2). Undefined means "serve it all": no range,
 * several ranges or another unit. Throws RANGE_INVALID, with the header that tells the size, when it can't be met.
 */
export function resolveRange(text: string | undefined, size: number): ByteRange | undefined {
  const match = text === undefined ? null : RANGE.exec(text.trim());
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const range = match[1] === '' ? suffix(Number(match[2]), size) : bounded(Number(match[1]), match[2] ?? '', size);
  if (range.first >= size || range.last < range.first) {
    throw new OciError('RANGE_INVALID', {
      message: `the blob has ${size} bytes`,
      headers: { 'Content-Range': `bytes */${size}` },
    });
  }
  return range;
}

function suffix(length: number, size: number): ByteRange {
  return length === 0 ? { first: size, last: size } : { first: Math.max(0, size - length), last: size - 1 };
}

function bounded(first: number, last: string, size: number): ByteRange {
  return { first, last: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

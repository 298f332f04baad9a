import { addAbortSignal, Readable } from 'node:stream';
import { sourceChunks } from './source-chunks.js';
import type { CallOptions, ReadOptions } from './storage-driver.js';
import { StorageUnavailableError } from './storage-errors.js';

const SLICE = 64 * 1024;

export function within(bytes: Buffer, options: ReadOptions | undefined): Buffer {
  const range = options?.range;
  if (!range) return bytes;
  if (range.last >= bytes.length) throw new StorageUnavailableError('the object ends before the range does');
  return bytes.subarray(range.first, range.last + 1);
}

export function* slices(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += SLICE) yield bytes.subarray(start, start + SLICE);
}

export function readable(bytes: Buffer, options: CallOptions | undefined): Readable {
  const stream = Readable.from(slices(bytes), { objectMode: false });
  return options?.signal ? addAbortSignal(options.signal, stream) : stream;
}

interface Collected {
  readonly bytes: Buffer;
  readonly interruption?: { readonly cause: unknown };
}

/** What a source gave, and why it stopped when it did not end. */
export async function collect(source: Readable, signal: AbortSignal | undefined): Promise<Collected> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of sourceChunks(source, { signal })) chunks.push(chunk);
  } catch (cause) {
    return { bytes: Buffer.concat(chunks), interruption: { cause } };
  }
  return { bytes: Buffer.concat(chunks) };
}

import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { sourceChunks } from '@stowage/storage';
import { BlockWriter } from './block-writer.js';

export interface Appended {
  /** Where the file now ends; everything before it is durable. */
  readonly offset: number;
  /** Why the source stopped, when it did not end. */
  readonly interruption?: { readonly cause: unknown };
}

/** Writes what the source gives, from `offset` on. Rejects only when the disk fails. */
export async function appendSource(
  handle: FileHandle,
  source: Readable,
  { offset, signal }: { readonly offset: number; readonly signal: AbortSignal | undefined },
): Promise<Appended> {
  const writer = new BlockWriter(handle, offset);
  try {
    for await (const chunk of sourceChunks(source, signal)) {
      if (!(await writer.push(chunk))) break;
    }
  } catch (cause) {
    return { offset: await writer.flush(), interruption: { cause } };
  }
  return { offset: await writer.flush() };
}

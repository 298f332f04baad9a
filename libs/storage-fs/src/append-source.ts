import type { Readable } from 'node:stream';
import { type AppendOptions, sourceChunks } from '@stowage/storage';
import { BlockWriter } from './block-writer.js';
import type { StagedFile } from './staged-file.js';

export interface Appended {
  /** Where the file now ends; everything before it is durable. */
  readonly offset: number;
  /** Why the source stopped, when it did not end. */
  readonly interruption?: { readonly cause: unknown };
}

/** Writes what the source gives, from `offset` on. Rejects only when the disk fails. */
export async function appendSource(
  file: StagedFile,
  source: Readable,
  { offset, options }: { readonly offset: number; readonly options: AppendOptions | undefined },
): Promise<Appended> {
  const writer = new BlockWriter(file, offset);
  try {
    const chunks = sourceChunks(source, { signal: options?.signal, freeChunks: options?.disposableChunks });
    for await (const chunk of chunks) {
      if (!(await writer.push(chunk))) break;
    }
  } catch (cause) {
    return { offset: await writer.flush(), interruption: { cause } };
  }
  return { offset: await writer.flush() };
}

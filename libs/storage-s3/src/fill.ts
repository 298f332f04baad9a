import type { Readable } from 'node:stream';
import { type AppendOptions, sourceChunks } from '@stowage/storage';
import type { PartWriter } from './part-writer.js';

/** Writes what the source gives; resolves with why it stopped, when it did not end. Never rejects. */
export async function fill(
  writer: PartWriter,
  source: Readable,
  options: AppendOptions | undefined,
): Promise<{ readonly cause: unknown } | undefined> {
  try {
    const chunks = sourceChunks(source, { signal: options?.signal, freeChunks: options?.disposableChunks });
    for await (const chunk of chunks) {
      if (!(await writer.push(chunk))) break;
    }
    return undefined;
  } catch (cause) {
    return { cause };
  }
}

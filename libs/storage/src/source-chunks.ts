import type { Readable } from 'node:stream';

export interface SourceOptions {
  readonly signal?: AbortSignal | undefined;
  /** Frees each chunk once the next is asked for: see `AppendOptions.disposableChunks`. */
  readonly freeChunks?: boolean | undefined;
}

/** Below this a chunk is likely a part of a pool, and not worth the call. */
const WORTH_FREEING = 16 * 1024;

/**
 * The chunks of a driver's source. An abort destroys the source and surfaces as the failure of the iteration;
 * leaving the loop early does not, so that the owner of a request body can still answer on its connection.
 */
export async function* sourceChunks(source: Readable, options: SourceOptions = {}): AsyncGenerator<Uint8Array> {
  const { signal, freeChunks } = options;
  const abort = () => source.destroy(abortReason(signal));
  signal?.addEventListener('abort', abort, { once: true });
  try {
    if (signal?.aborted) abort();
    for await (const chunk of source.iterator({ destroyOnReturn: false })) {
      yield chunk as Uint8Array;
      if (freeChunks) free(chunk as Uint8Array);
    }
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** The reason as an Error: `abort(reason)` takes anything, streams reject with errors only. */
export function abortReason(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new DOMException('the operation was aborted', 'AbortError');
}

/**
 * Gives the memory of a chunk back at once. Waiting for the collector costs more than all the rest of receiving a
 * body: 64 KiB of memory hang on some bytes of heap, so that only full collections, one every 50 MB, ever free them.
 */
function free(chunk: Uint8Array): void {
  const { buffer, byteLength } = chunk;
  // What is a view into something larger may be shared with other chunks.
  if (byteLength < WORTH_FREEING || byteLength !== buffer.byteLength) return;
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

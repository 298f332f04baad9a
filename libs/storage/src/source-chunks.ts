import type { Readable } from 'node:stream';

/**
 * The chunks of a driver's source. An abort destroys the source and surfaces as the failure of the iteration;
 * leaving the loop early does not, so that the owner of a request body can still answer on its connection.
 */
export async function* sourceChunks(source: Readable, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const abort = () => source.destroy(abortReason(signal));
  signal?.addEventListener('abort', abort, { once: true });
  try {
    if (signal?.aborted) abort();
    yield* source.iterator({ destroyOnReturn: false });
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** The reason as an Error: `abort(reason)` takes anything, streams reject with errors only. */
export function abortReason(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new DOMException('the operation was aborted', 'AbortError');
}

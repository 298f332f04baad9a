import type { Writable } from 'node:stream';
import { abortReason } from './source-chunks.js';

/**
 * One chunk at a time into a sink that this code doesn't own. `write` settles in every case: when the sink let go
 * of the chunk, failed, closed (which a stream with a write in flight doesn't always tell its callback) or the signal aborted.
 */
export class SinkWriter {
  readonly #sink: Writable;
  readonly #signal: AbortSignal | undefined;
  readonly #pending = new Set<(failure: Error) => void>();
  #failure: Error | undefined;

  constructor(sink: Writable, signal?: AbortSignal) {
    this.#sink = sink;
    this.#signal = signal;
    if (signal?.aborted) this.#failure = abortReason(signal);
    else if (sink.destroyed || sink.writableEnded) this.#failure = sink.errored ?? closedEarly();
    sink.on('error', this.#fail);
    sink.on('close', this.#onClose);
    signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  write(chunk: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#pending.add(reject);
      this.#sink.write(chunk, (error) => {
        this.#pending.delete(reject);
        if (error) this.#fail(error);
        // The first failure is the cause; what follows from destroying the sink is not.
        if (this.#failure) reject(this.#failure);
        else resolve();
      });
    });
  }

  /** Stops listening; the sink stays open. */
  release(): void {
    this.#sink.off('close', this.#onClose);
    this.#signal?.removeEventListener('abort', this.#onAbort);
    // A failed sink emits 'error' after it has told its callback: without a listener that would end the process.
    if (!this.#failure) this.#sink.off('error', this.#fail);
  }

  readonly #onClose = () => this.#fail(closedEarly());
  readonly #onAbort = () => this.#fail(abortReason(this.#signal));

  readonly #fail = (failure: Error): void => {
    this.#failure ??= failure;
    for (const reject of this.#pending) reject(this.#failure);
    this.#pending.clear();
  };
}

function closedEarly(): Error {
  return Object.assign(new Error('the sink closed before everything was written'), {
    code: 'ERR_STREAM_PREMATURE_CLOSE',
  });
}

import type { FileHandle } from 'node:fs/promises';
import { onDisk } from './fs-errors.js';

export const BLOCK_BYTES = 1024 * 1024;

/** Written back while more arrives, so that the sync at the end of a large upload finds little left to do. */
const WRITEBACK_BYTES = 32 * BLOCK_BYTES;

/**
 * Collects the small chunks of a socket into large writes: while one block is written, the other fills. Never holds
 * more than two blocks. Errors of the disk come out of `flush` alone, so that what `push` is fed from may fail for itself.
 */
export class BlockWriter {
  readonly #handle: FileHandle;
  #position: number;
  #filling: Buffer | undefined;
  #spare: Buffer | undefined;
  #filled = 0;
  #writing: Promise<void> | undefined;
  #syncing: Promise<void> | undefined;
  #unsynced = 0;
  #failure: { readonly cause: unknown } | undefined;

  constructor(handle: FileHandle, position: number) {
    this.#handle = handle;
    this.#position = position;
  }

  /** False when the disk has failed: there is no point in going on, and `flush` tells why. */
  async push(chunk: Uint8Array): Promise<boolean> {
    for (let taken = 0; taken < chunk.length && !this.#failure; ) {
      this.#filling ??= Buffer.allocUnsafeSlow(BLOCK_BYTES);
      const part = chunk.subarray(taken, taken + BLOCK_BYTES - this.#filled);
      this.#filling.set(part, this.#filled);
      this.#filled += part.length;
      taken += part.length;
      if (this.#filled === BLOCK_BYTES) await this.#writeBlock();
    }
    return !this.#failure;
  }

  /** Resolves with the position after the last byte, when everything before it is durable. */
  async flush(): Promise<number> {
    if (this.#filled > 0) await this.#writeBlock();
    await this.#writing;
    await this.#syncing;
    if (!this.#failure) await this.#noteFailure(() => this.#handle.datasync());
    if (this.#failure) throw this.#failure.cause;
    return this.#position;
  }

  async #writeBlock(): Promise<void> {
    await this.#writing;
    const block = this.#filling?.subarray(0, this.#filled) ?? Buffer.alloc(0);
    const position = this.#position;
    this.#writing = this.#noteFailure(() => writeFully(this.#handle, block, position));
    this.#position += block.length;
    this.#filled = 0;
    [this.#filling, this.#spare] = [this.#spare, this.#filling];
    this.#startWriteback(block.length);
  }

  #startWriteback(bytes: number): void {
    this.#unsynced += bytes;
    if (this.#syncing || this.#unsynced < WRITEBACK_BYTES) return;
    this.#unsynced = 0;
    this.#syncing = this.#noteFailure(() => this.#handle.datasync()).finally(() => {
      this.#syncing = undefined;
    });
  }

  /** Never rejects. The kernel tells of a failed write-back once: the first to hear of it must keep it. */
  async #noteFailure(run: () => Promise<void>): Promise<void> {
    try {
      await onDisk(run);
    } catch (cause) {
      this.#failure ??= { cause };
    }
  }
}

async function writeFully(handle: FileHandle, block: Buffer, position: number): Promise<void> {
  for (let written = 0; written < block.length; ) {
    const rest = block.length - written;
    written += (await handle.write(block, written, rest, position + written)).bytesWritten;
  }
}

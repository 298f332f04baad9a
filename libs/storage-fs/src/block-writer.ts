import { failPoint } from '@stowage/failpoints';
import { BLOCK_BYTES, type BlockPair, giveBack, takeBlocks } from './block-pool.js';
import { onDisk } from './fs-errors.js';
import type { StagedFile } from './staged-file.js';

/**
 * Collects the small chunks of a socket into large writes: while one block is written, the other fills. Never holds
 * more than two blocks. Errors of the disk come out of `flush` alone, so that what `push` is fed from may fail for itself.
 */
export class BlockWriter {
  readonly #file: StagedFile;
  #position: number;
  #blocks: BlockPair | undefined;
  #filling = 0;
  #filled = 0;
  #writing: Promise<void> | undefined;
  #failure: { readonly cause: unknown } | undefined;

  constructor(file: StagedFile, position: number) {
    this.#file = file;
    this.#position = position;
  }

  /** Has copied the chunk when it resolves. False when the disk has failed: there is no point in going on then. */
  async push(chunk: Uint8Array): Promise<boolean> {
    this.#blocks ??= takeBlocks();
    for (let taken = 0; taken < chunk.length && !this.#failure; ) {
      const part = chunk.subarray(taken, taken + this.#limit - this.#filled);
      this.#blocks[this.#filling]?.set(part, this.#filled);
      this.#filled += part.length;
      taken += part.length;
      if (this.#filled === this.#limit) await this.#writeBlock(this.#blocks);
    }
    return !this.#failure;
  }

  /** Resolves with the position after the last byte, when everything before it is durable. Nothing may be pushed after it. */
  async flush(): Promise<number> {
    if (this.#blocks && this.#filled > 0) await this.#writeBlock(this.#blocks);
    await this.#writing;
    giveBack(this.#blocks);
    this.#blocks = undefined;
    await this.#noteFailure(() => failPoint('K1'));
    if (!this.#failure) await this.#noteFailure(() => this.#file.sync());
    if (this.#failure) throw this.#failure.cause;
    return this.#position;
  }

  /** The first block is a short one where an upload continues in the middle: from then on blocks lie on their boundaries. */
  get #limit(): number {
    return BLOCK_BYTES - (this.#position % BLOCK_BYTES);
  }

  async #writeBlock(blocks: BlockPair): Promise<void> {
    await this.#writing;
    const block = blocks[this.#filling as 0 | 1].subarray(0, this.#filled);
    const position = this.#position;
    this.#writing = this.#noteFailure(() => this.#file.write(block, position));
    this.#position += block.length;
    this.#filled = 0;
    this.#filling = 1 - this.#filling;
  }

  /** Never rejects: the failure is kept for `flush`. */
  async #noteFailure(run: () => Promise<void>): Promise<void> {
    try {
      await onDisk(run);
    } catch (cause) {
      this.#failure ??= { cause };
    }
  }
}

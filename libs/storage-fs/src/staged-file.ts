import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { BLOCK_BYTES } from './block-pool.js';
import { hasCode } from './fs-errors.js';

/**
 * A staged file that is appended to. Whole blocks go to the disk past the page cache: that takes a tenth of the
 * processor time of a buffered write, leaves the cache to what is pulled, and leaves the sync at the end nothing to do.
 * Where a file system can't do it (EINVAL), and for what is no whole block, the write is an ordinary one.
 */
export class StagedFile {
  readonly #path: string;
  readonly #handle: FileHandle;
  #direct: FileHandle | undefined;
  #isDirectPossible = constants.O_DIRECT !== undefined;

  constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  async write(block: Buffer, position: number): Promise<void> {
    const isWhole = block.length === BLOCK_BYTES && position % BLOCK_BYTES === 0;
    if (isWhole && (await this.#writeDirectly(block, position))) return;
    await writeFully(this.#handle, block, position);
  }

  /** Everything written is durable when it resolves. */
  async sync(): Promise<void> {
    await this.#handle.datasync();
  }

  async close(): Promise<void> {
    await this.#direct?.close();
    await this.#handle.close();
  }

  /** False when the file system does not do it; the block has to be written again then. */
  async #writeDirectly(block: Buffer, position: number): Promise<boolean> {
    if (!this.#isDirectPossible) return false;
    try {
      this.#direct ??= await open(this.#path, constants.O_WRONLY | constants.O_DIRECT);
      await writeFully(this.#direct, block, position);
      return true;
    } catch (cause) {
      // ENOENT: an upload that was cancelled meanwhile has no name to open, but its handle still works.
      if (!hasCode(cause, 'EINVAL') && !hasCode(cause, 'ENOENT')) throw cause;
      this.#isDirectPossible = false;
      return false;
    }
  }
}

async function writeFully(handle: FileHandle, block: Buffer, position: number): Promise<void> {
  for (let written = 0; written < block.length; ) {
    const rest = block.length - written;
    written += (await handle.write(block, written, rest, position + written)).bytesWritten;
  }
}

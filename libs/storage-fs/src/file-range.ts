import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { BLOCK_BYTES } from './block-pool.js';
import { type OpenObject, readFully } from './open-object.js';

/** The bytes of an open object. Closes its handle in every case; errors when the file ends too soon. */
export class FileRange extends Readable {
  readonly #handle: FileHandle;
  readonly #end: number;
  #position: number;

  constructor({ handle, first, end }: OpenObject) {
    super({ highWaterMark: BLOCK_BYTES });
    this.#handle = handle;
    this.#position = first;
    this.#end = end;
  }

  override _read(): void {
    const position = this.#position;
    const length = Math.min(BLOCK_BYTES, this.#end - position);
    if (length <= 0) {
      this.push(null);
      return;
    }
    this.#position += length;
    readFully(this.#handle, Buffer.allocUnsafeSlow(length), position).then(
      (block) => this.push(block),
      (cause: Error) => this.destroy(cause),
    );
  }

  override _destroy(error: Error | null, closed: (error?: Error | null) => void): void {
    this.#handle.close().then(
      () => closed(error),
      (cause: Error) => closed(error ?? cause),
    );
  }
}

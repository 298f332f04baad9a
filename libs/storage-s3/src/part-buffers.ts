import { SMALLEST_PART } from './part-sizes.js';

/** What all uploads of a driver may hold together before each has to do with one part at a time. */
const SHARED_BYTES = 96 * 1024 * 1024;
const MAX_IDLE = SHARED_BYTES / SMALLEST_PART;

/** The memory of parts on their way. A part has to be in memory as a whole: whether it gets full, only its end tells. */
export class PartBuffers {
  readonly #idle: Buffer[] = [];
  #taken = 0;

  /** For a writer that holds none: it always gets one, so that no upload waits for another one's client. */
  take(size: number): Buffer {
    this.#taken += size;
    // Its pages are used only as bytes come in: a small upload doesn't cost a whole part.
    return (size === SMALLEST_PART ? this.#idle.pop() : undefined) ?? Buffer.allocUnsafeSlow(size);
  }

  /** For a writer that could do with one more: nothing when memory is short. */
  tryTake(size: number): Buffer | undefined {
    return this.#taken + size <= SHARED_BYTES ? this.take(size) : undefined;
  }

  /** Only a buffer that nobody reads any more. */
  giveBack(buffer: Buffer): void {
    this.#taken -= buffer.length;
    if (buffer.length === SMALLEST_PART && this.#idle.length < MAX_IDLE) this.#idle.push(buffer);
  }

  /** A failed request may still read from it: the collector knows when that ends. */
  drop(buffer: Buffer): void {
    this.#taken -= buffer.length;
  }
}

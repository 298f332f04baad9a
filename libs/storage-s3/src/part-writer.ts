import { StorageUnavailableError } from '@stowage/storage';
import type { PartBuffers } from './part-buffers.js';
import { MAX_PARTS, nextPart, partAt, type PartPlace } from './part-sizes.js';

/** Where parts go. */
export interface PartTarget {
  /** Resolves with the entity tag when the part is stored. */
  upload(number: number, bytes: Uint8Array): Promise<string>;
}

export interface Written {
  /** Of the parts that were filled, in order. */
  readonly tags: readonly string[];
  /** What is left over for a part that isn't full; valid until `release`. */
  readonly tail: Buffer;
  readonly offset: number;
}

/** Parts of one upload that are on their way at the same time. */
const MAX_SENDING = 4;

/**
 * Collects a stream into parts: while one fills, others are sent. Errors of the service come out of `finish` alone, so
 * that what `push` is fed from may fail for itself.
 */
export class PartWriter {
  readonly #target: PartTarget;
  readonly #buffers: PartBuffers;
  readonly #sending = new Set<Promise<void>>();
  readonly #tags: string[] = [];
  #sent = 0;
  #part: PartPlace;
  #buffer: Buffer | undefined;
  #filled = 0;
  #failure: { readonly cause: unknown } | undefined;

  /** `offset` is the start of a part. */
  constructor(target: PartTarget, buffers: PartBuffers, offset: number) {
    this.#target = target;
    this.#buffers = buffers;
    this.#part = partAt(offset);
  }

  /** Has copied the chunk when it resolves. False when the service has failed: there is no point in going on then. */
  async push(chunk: Uint8Array): Promise<boolean> {
    for (let taken = 0; taken < chunk.length && !this.#failure; ) {
      this.#buffer ??= await this.#takeBuffer();
      const bytes = chunk.subarray(taken, taken + this.#part.size - this.#filled);
      this.#buffer.set(bytes, this.#filled);
      this.#filled += bytes.length;
      taken += bytes.length;
      if (this.#filled === this.#part.size) this.#send(this.#buffer);
    }
    return !this.#failure;
  }

  /** Resolves when every full part is stored. Rejects with the first failure, when nothing is on its way any more. */
  async finish(): Promise<Written> {
    await Promise.all(this.#sending);
    if (this.#failure) throw this.#failure.cause;
    const tail = this.#buffer?.subarray(0, this.#filled) ?? Buffer.alloc(0);
    return { tags: this.#tags, tail, offset: this.#part.start + this.#filled };
  }

  /** Gives the memory back. Nothing may be called after it. */
  async release(): Promise<void> {
    await Promise.all(this.#sending);
    if (this.#buffer && this.#failure) this.#buffers.drop(this.#buffer);
    else if (this.#buffer) this.#buffers.giveBack(this.#buffer);
    this.#buffer = undefined;
  }

  async #takeBuffer(): Promise<Buffer> {
    for (;;) {
      if (this.#sending.size === 0) return this.#buffers.take(this.#part.size);
      const another = this.#sending.size < MAX_SENDING ? this.#buffers.tryTake(this.#part.size) : undefined;
      if (another) return another;
      await Promise.race(this.#sending);
    }
  }

  #send(buffer: Buffer): void {
    const sending = this.#upload(buffer, this.#part.number, this.#sent).finally(() => this.#sending.delete(sending));
    this.#sending.add(sending);
    this.#sent += 1;
    this.#part = nextPart(this.#part);
    this.#buffer = undefined;
    this.#filled = 0;
  }

  /** Never rejects: the failure is kept for `finish`. */
  async #upload(buffer: Buffer, number: number, index: number): Promise<void> {
    try {
      if (number > MAX_PARTS) throw new StorageUnavailableError('more bytes than an S3 object can have');
      this.#tags[index] = await this.#target.upload(number, buffer);
      this.#buffers.giveBack(buffer);
    } catch (cause) {
      this.#buffers.drop(buffer);
      this.#failure ??= { cause };
    }
  }
}

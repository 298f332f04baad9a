import { Readable } from 'node:stream';
import { StorageUnavailableError } from '@stowage/storage';

const STALLED_MS = 60_000;

/**
 * The body of an answer, which errors unless exactly the expected bytes arrive: a connection that ends early must not
 * look like the end of an object. Also errors when nothing comes for a minute although somebody wants to read.
 */
export class ObjectBody extends Readable {
  readonly #body: Readable;
  #missing: number;
  #stalled: NodeJS.Timeout | undefined;

  constructor(body: Readable, expected: number) {
    super({ highWaterMark: 256 * 1024 });
    this.#body = body;
    this.#missing = expected;
    body.pause();
    body.on('data', (chunk: Buffer) => this.#take(chunk));
    body.on('end', () => this.#end());
    body.on('error', (cause) => this.#fail('the answer broke off', cause));
    body.on('close', () => this.#end());
  }

  override _read(): void {
    this.#stalled ??= setTimeout(() => this.#fail('the answer has stalled'), STALLED_MS).unref();
    this.#body.resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#stalled);
    this.#body.destroy();
    done(error);
  }

  #take(chunk: Buffer): void {
    this.#missing -= chunk.length;
    if (this.#missing < 0) return this.#fail('the answer is longer than it said');
    this.#stalled?.refresh();
    if (this.push(chunk)) return;
    this.#body.pause();
    clearTimeout(this.#stalled);
    this.#stalled = undefined;
  }

  #end(): void {
    if (this.#missing > 0) return this.#fail('the object ends before the range does');
    clearTimeout(this.#stalled);
    if (!this.readableEnded && !this.destroyed) this.push(null);
  }

  #fail(message: string, cause?: unknown): void {
    this.destroy(new StorageUnavailableError(message, { cause }));
  }
}

import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';

/** Lets other work run between two chunks, and remembers how much was ever waiting in it. */
export class PausingSink extends Writable {
  peakBuffered = 0;
  received = 0;
  readonly #hash = createHash('sha256');

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#hash.update(chunk);
    this.received += chunk.length;
    this.peakBuffered = Math.max(this.peakBuffered, this.writableLength);
    setImmediate(done);
  }

  sha256(): string {
    return this.#hash.digest('hex');
  }
}

/** Keeps what it was given, by reference, as a transform does. */
export class KeepingSink extends Writable {
  readonly chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.chunks.push(chunk);
    done();
  }

  content(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

/** Takes one chunk and then, instead of letting go of it, does what the test says. */
export class BreakingSink extends Writable {
  readonly #onChunk: (sink: BreakingSink, done: (error?: Error | null) => void) => void;

  constructor(onChunk: (sink: BreakingSink, done: (error?: Error | null) => void) => void) {
    super();
    this.#onChunk = onChunk;
  }

  override _write(_chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#onChunk(this, done);
  }
}

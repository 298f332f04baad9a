import { Readable } from 'node:stream';

const CHUNK = 64 * 1024;

/** Bytes that differ at every offset, so that a shifted or repeated block shows; the same for the same seed. */
export function patternBytes(length: number, seed = 1): Buffer {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = seed * 2_654_435_761;
  for (let index = 0; index < words.length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    words[index] = state;
  }
  return Buffer.from(words.buffer, 0, length);
}

/** Arrives in pieces of the size that sockets give. */
export function sourceOf(bytes: Buffer, chunkSize = CHUNK): Readable {
  return Readable.from(chunksOf(bytes, chunkSize), { objectMode: false });
}

/** Gives the bytes, then fails as a dropped connection does. */
export function failingSource(bytes: Buffer, failure: Error): Readable {
  return Readable.from(
    (async function* () {
      yield* chunksOf(bytes, CHUNK);
      throw failure;
    })(),
    { objectMode: false },
  );
}

/** Gives the first part, tells when more was asked for, and goes on only when the gate opens. */
export function gatedSource(first: Buffer, rest: Buffer): { source: Readable; reached: Promise<void>; open(): void } {
  const reached = Promise.withResolvers<void>();
  const parts = [first];
  // Not Readable.from: a generator that waits can't be destroyed.
  const source = new Readable({
    read() {
      const part = parts.shift();
      if (part) this.push(part);
      else reached.resolve();
    },
  });
  const open = () => {
    source.push(rest);
    source.push(null);
  };
  return { source, reached: reached.promise, open };
}

/** Gives the bytes and then nothing, not even an end. */
export function stalledSource(bytes: Buffer): { source: Readable; reached: Promise<void> } {
  const { source, reached } = gatedSource(bytes, Buffer.alloc(0));
  return { source, reached };
}

export async function contentOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function* chunksOf(bytes: Buffer, chunkSize: number): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += chunkSize) yield bytes.subarray(start, start + chunkSize);
}

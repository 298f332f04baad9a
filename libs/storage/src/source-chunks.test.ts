import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { sourceChunks } from './source-chunks.js';

const KIB = 1024;

/** The lengths that the chunks have when they are read, and those that are left afterwards. */
async function drain(chunks: readonly Uint8Array[], freeChunks?: boolean): Promise<{ read: number[]; left: number[] }> {
  const read: number[] = [];
  for await (const chunk of sourceChunks(Readable.from(chunks), { freeChunks })) read.push(chunk.length);
  return { read, left: chunks.map((chunk) => chunk.length) };
}

describe('the chunks of a source', () => {
  it('keep their memory unless their owner gives it up', async () => {
    const { left } = await drain([new Uint8Array(64 * KIB), new Uint8Array(64 * KIB)]);
    expect(left).toEqual([64 * KIB, 64 * KIB]);
  });

  it('are freed when the next is asked for, where their owner gave them up', async () => {
    const { read, left } = await drain([new Uint8Array(64 * KIB), new Uint8Array(20 * KIB)], true);
    expect(read).toEqual([64 * KIB, 20 * KIB]);
    expect(left).toEqual([0, 0]);
  });

  it('are not freed where they are small or part of something larger', async () => {
    const shared = new Uint8Array(256 * KIB);
    const { left } = await drain(
      [shared.subarray(0, 128 * KIB), shared.subarray(128 * KIB), new Uint8Array(100)],
      true,
    );
    expect(left).toEqual([128 * KIB, 128 * KIB, 100]);
  });

  it('leave the source open when the reader stops early', async () => {
    const source = Readable.from([Buffer.from('a'), Buffer.from('b')]);
    for await (const _chunk of sourceChunks(source)) break;
    expect(source.destroyed).toBe(false);
  });

  it('fail with the reason of an abort, which ends the source', async () => {
    const source = new Readable({ read() {} });
    const controller = new AbortController();
    const next = sourceChunks(source, { signal: controller.signal }).next();
    controller.abort(new Error('the client went away'));
    await expect(next).rejects.toThrow('the client went away');
    expect(source.destroyed).toBe(true);
  });
});

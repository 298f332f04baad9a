import { patternBytes } from '@stowage/storage/testing';
import { describe, expect, it } from 'vitest';
import { PartBuffers } from './part-buffers.js';
import { PartWriter } from './part-writer.js';

const MIB = 1024 * 1024;
const PART = 5 * MIB;

/** Parts that are stored only when the test says so. */
function gatedTarget() {
  const waiting: (() => void)[] = [];
  const stored = new Map<number, Buffer>();
  let most = 0;
  const target = {
    upload: async (number: number, bytes: Uint8Array) => {
      most = Math.max(most, waiting.length + 1);
      await new Promise<void>((resolve) => waiting.push(resolve));
      stored.set(number, Buffer.from(bytes));
      return `tag-${number}`;
    },
  };
  const store = (index = 0) => waiting.splice(index, 1)[0]?.();
  return { target, stored, store, waiting, most: () => most };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

async function drainInto(gate: ReturnType<typeof gatedTarget>, work: Promise<unknown>): Promise<void> {
  let done = false;
  const end = work.finally(() => (done = true));
  while (!done) {
    gate.store(gate.waiting.length - 1); // the last first: parts may overtake each other
    await nextTurn();
  }
  await end;
}

describe('a part writer', () => {
  it('sends full parts, names them in order and keeps the rest', async () => {
    const gate = gatedTarget();
    const writer = new PartWriter(gate.target, new PartBuffers(), PART);
    const bytes = patternBytes(3 * PART + 100);
    await drainInto(
      gate,
      writer.push(bytes).then(() => writer.finish()),
    );
    const { tags, tail, offset } = await writer.finish();
    expect(tags).toEqual(['tag-2', 'tag-3', 'tag-4']);
    expect(offset).toBe(4 * PART + 100);
    const all = [2, 3, 4].map((number) => gate.stored.get(number)!);
    expect(Buffer.concat([...all, tail]).equals(bytes)).toBe(true);
    await writer.release();
  });

  it('waits when enough is on its way', async () => {
    const gate = gatedTarget();
    const writer = new PartWriter(gate.target, new PartBuffers(), 0);
    const pushing = writer.push(patternBytes(12 * PART));
    await nextTurn();
    expect(gate.waiting).toHaveLength(4);
    await drainInto(
      gate,
      pushing.then(() => writer.finish()),
    );
    expect(gate.most()).toBeLessThanOrEqual(5);
    await writer.release();
  });

  it('sends one part at a time when others hold the memory', async () => {
    const buffers = new PartBuffers();
    while (buffers.tryTake(PART)) continue;
    const gate = gatedTarget();
    const writer = new PartWriter(gate.target, buffers, 0);
    await drainInto(
      gate,
      writer.push(patternBytes(3 * PART)).then(() => writer.finish()),
    );
    expect(gate.most()).toBe(1);
    await writer.release();
  });

  it('stops when a part fails, and tells in the end', async () => {
    const failure = new Error('slow down');
    const writer = new PartWriter({ upload: () => Promise.reject(failure) }, new PartBuffers(), 0);
    await writer.push(patternBytes(PART));
    await nextTurn();
    expect(await writer.push(patternBytes(PART))).toBe(false);
    await expect(writer.finish()).rejects.toBe(failure);
    await writer.release();
  });
});

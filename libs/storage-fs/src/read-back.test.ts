import { describe, expect, it, vi } from 'vitest';
import { ReadBack } from './read-back.js';

const WAIT = { timeout: 60_000 };

/** Objects of so many parts of one byte, and which parts were read. */
function objects(sizes: Record<string, number>) {
  const parts: string[] = [];
  const readPart = async (key: string, position: number): Promise<number> => {
    const size = sizes[key];
    if (size === undefined) throw new Error('no such object');
    if (position >= size) return 0;
    parts.push(`${key}${position}`);
    return 1;
  };
  return { parts, readPart };
}

describe('reading back', () => {
  it('reads each object once from beginning to end', async () => {
    const { parts, readPart } = objects({ a: 3, b: 1 });
    const readBack = new ReadBack(readPart, 0);
    readBack.add('a');
    readBack.add('b');
    await vi.waitFor(() => expect(parts).toEqual(['a0', 'a1', 'a2', 'b0']), WAIT);
  });

  it('stops for a transfer, and goes on after it where it was', async () => {
    const { parts, readPart } = objects({ a: 4 });
    const transfer = Promise.withResolvers<void>();
    const readBack: ReadBack<string> = new ReadBack(async (key, position) => {
      if (position === 2) void readBack.during(() => transfer.promise);
      return readPart(key, position);
    }, 0);
    readBack.add('a');
    await vi.waitFor(() => expect(parts).toHaveLength(3), WAIT);
    // Nothing can follow but what the end of the transfer lets go: a whole round of the event loop makes no difference.
    await new Promise((resolve) => setImmediate(resolve));
    expect(parts).toEqual(['a0', 'a1', 'a2']);
    transfer.resolve();
    await vi.waitFor(() => expect(parts).toEqual(['a0', 'a1', 'a2', 'a3']), WAIT);
  });

  it('begins no sooner than the last of several transfers has ended, however it ended', async () => {
    const { parts, readPart } = objects({ a: 1 });
    const readBack = new ReadBack(readPart, 0);
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    const both = [first, second].map(({ promise }) => readBack.during(() => promise));
    readBack.add('a');
    first.reject(new Error('broken off'));
    await expect(both[0]).rejects.toThrow('broken off');
    await new Promise((resolve) => setImmediate(resolve));
    expect(parts).toEqual([]);
    second.resolve();
    await vi.waitFor(() => expect(parts).toEqual(['a0']), WAIT);
  });

  it('leaves out what can not be read', async () => {
    const { parts, readPart } = objects({ c: 1 });
    const readBack = new ReadBack(readPart, 0);
    for (const key of ['missing', 'c']) readBack.add(key);
    await vi.waitFor(() => expect(parts).toEqual(['c0']), WAIT);
  });

  it('sends the first who pulls an object past the cache, and has the second one fill it', async () => {
    const { parts, readPart } = objects({ a: 1, b: 1 });
    const readBack = new ReadBack(readPart, 0);
    await readBack.during(async () => {
      readBack.add('a');
      readBack.add('b');
      expect([1, 2, 3].map(() => readBack.isOutside('a'))).toEqual([true, false, false]);
      expect(readBack.isOutside('b')).toBe(true);
    });
    await vi.waitFor(() => expect(parts).toEqual(['b0']), WAIT);
    await vi.waitFor(() => expect(readBack.isOutside('b')).toBe(false), WAIT);
  });

  it('keeps the latest thousand', async () => {
    const keys = Array.from({ length: 1_001 }, (_, at) => `k${at}-`);
    const { parts, readPart } = objects(Object.fromEntries(keys.map((key) => [key, 1])));
    const readBack = new ReadBack(readPart, 0);
    for (const key of keys) readBack.add(key);
    await vi.waitFor(() => expect(parts).toHaveLength(1_000), WAIT);
    expect(parts[0]).toBe('k1-0');
  });
});

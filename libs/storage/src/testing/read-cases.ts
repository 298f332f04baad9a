import { expect, it } from 'vitest';
import { ObjectNotFoundError } from '../storage-errors.js';
import type { StorageDriver } from '../storage-driver.js';
import { type CurrentHarness, testKey } from './driver-harness.js';
import { contentOf, patternBytes, sourceOf } from './test-sources.js';

const SIZE = 3 * 1024 * 1024 + 17;
const BYTES = patternBytes(SIZE);

/** Range cases that reading and sending have in common. */
export const RANGES = [
  { name: 'the first byte', first: 0, last: 0 },
  { name: 'the last byte', first: SIZE - 1, last: SIZE - 1 },
  { name: 'the middle across blocks', first: 1_000_000, last: 2_500_000 },
  { name: 'all of it', first: 0, last: SIZE - 1 },
] as const;

export async function withRangeObject(driver: StorageDriver): Promise<Buffer> {
  await driver.write(testKey('a'), sourceOf(BYTES));
  return BYTES;
}

export function readCases(current: CurrentHarness): void {
  it.each(RANGES)('reads a range: $name', async ({ first, last }) => {
    const { driver } = current();
    const bytes = await withRangeObject(driver);
    const content = await contentOf(await driver.read(testKey('a'), { range: { first, last } }));
    expect(content.equals(bytes.subarray(first, last + 1))).toBe(true);
  });

  it('rejects before it returns a stream when the object is missing', async () => {
    await expect(current().driver.read(testKey('missing'))).rejects.toBeInstanceOf(ObjectNotFoundError);
  });

  it('lets a reader go that stops half-way', async () => {
    const { driver } = current();
    await withRangeObject(driver);
    const stream = await driver.read(testKey('a'));
    for await (const _chunk of stream) break;
    expect(stream.destroyed).toBe(true);
    await driver.delete(testKey('a'));
  });

  it('fails the stream when the signal aborts', async () => {
    const { driver } = current();
    await withRangeObject(driver);
    const controller = new AbortController();
    const stream = await driver.read(testKey('a'), { signal: controller.signal });
    controller.abort();
    await expect(contentOf(stream)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('serves readers of one object at the same time', async () => {
    const { driver } = current();
    const bytes = await withRangeObject(driver);
    const contents = await Promise.all(
      Array.from({ length: 8 }, async () => contentOf(await driver.read(testKey('a')))),
    );
    expect(contents.every((content) => content.equals(bytes))).toBe(true);
  });
}

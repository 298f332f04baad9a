import { expect, it } from 'vitest';
import { parseObjectKey } from '../object-keys.js';
import type { StorageDriver } from '../storage-driver.js';
import { allOf, type CurrentHarness, stagedUpload, testKey } from './driver-harness.js';
import { gatedSource, patternBytes, sourceOf } from './test-sources.js';

async function writeAll(driver: StorageDriver, keys: readonly string[]): Promise<void> {
  const waiting = [...keys];
  const lane = async () => {
    for (let key = waiting.pop(); key; key = waiting.pop()) {
      await driver.write(parseObjectKey(key), sourceOf(patternBytes(3)));
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}

async function keysUnder(driver: StorageDriver, prefix: string): Promise<string[]> {
  return (await allOf(driver.list(prefix))).map((stat) => stat.key);
}

export function listCases(current: CurrentHarness): void {
  it('lists nothing in an empty store', async () => {
    expect(await keysUnder(current().driver, '')).toEqual([]);
  });

  it('lists more keys than a page holds, in byte order', async () => {
    const { driver } = current();
    const keys = Array.from({ length: 1_001 }, (_, index) => `blobs/test/${index % 7}/${index}`);
    await writeAll(driver, keys);
    expect(await keysUnder(driver, 'blobs/test/')).toEqual(keys.toSorted());
  });

  it('orders separators by byte, not folder by folder', async () => {
    const { driver } = current();
    const ordered = ['blobs/a-b/x', 'blobs/a.b/x', 'blobs/a/z', 'blobs/a0', 'blobs/a_b/x', 'blobs/ab/x'];
    await writeAll(driver, ordered.toReversed());
    expect(await keysUnder(driver, '')).toEqual(ordered);
  });

  it('takes a prefix that ends inside a name', async () => {
    const { driver } = current();
    await writeAll(driver, ['blobs/test/ab/1', 'blobs/test/abc', 'blobs/test/b', 'other/ab']);
    expect(await keysUnder(driver, 'blobs/test/a')).toEqual(['blobs/test/ab/1', 'blobs/test/abc']);
    expect(await keysUnder(driver, 'blobs/test/ab/')).toEqual(['blobs/test/ab/1']);
    expect(await keysUnder(driver, 'blobs/missing/')).toEqual([]);
  });

  it('tells size and time of what it lists', async () => {
    const { driver } = current();
    const written = await driver.write(testKey('a'), sourceOf(patternBytes(123)));
    expect(await allOf(driver.list(''))).toEqual([written]);
  });

  it('hides staged uploads and unfinished writes', async () => {
    const { driver } = current();
    await stagedUpload(driver, patternBytes(100));
    const unfinished = gatedSource(patternBytes(100), patternBytes(100));
    const writing = driver.write(testKey('a'), unfinished.source);
    await unfinished.reached;
    expect(await keysUnder(driver, '')).toEqual([]);
    unfinished.open();
    await writing;
    expect(await keysUnder(driver, '')).toEqual(['blobs/test/a']);
  });

  it('stops listing when the signal aborts', async () => {
    const { driver } = current();
    await writeAll(driver, ['blobs/test/1', 'blobs/test/2']);
    const signal = AbortSignal.abort();
    await expect(allOf(driver.list('', { signal }))).rejects.toMatchObject({ name: 'AbortError' });
  });
}

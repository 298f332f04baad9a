import { expect, it } from 'vitest';
import { ObjectNotFoundError } from '../storage-errors.js';
import { allOf, type CurrentHarness, testKey, TOMORROW } from './driver-harness.js';
import { contentOf, failingSource, gatedSource, patternBytes, sourceOf, stalledSource } from './test-sources.js';

const MIB = 1024 * 1024;
export const BOUNDARY_SIZES = [0, 1, MIB - 1, MIB, MIB + 1, 5 * MIB - 1, 5 * MIB, 5 * MIB + 1];

export function objectCases(current: CurrentHarness): void {
  it.each(BOUNDARY_SIZES)('writes and reads back %d bytes', async (size) => {
    const { driver } = current();
    const bytes = patternBytes(size);
    const written = await driver.write(testKey('a'), sourceOf(bytes));
    expect(written).toMatchObject({ key: 'blobs/test/a', size });
    expect(bytes.equals(await contentOf(await driver.read(testKey('a'))))).toBe(true);
  });

  it('tells size and modification time', async () => {
    const { driver } = current();
    const written = await driver.write(testKey('a'), sourceOf(patternBytes(1000)));
    expect(await driver.stat(testKey('a'))).toEqual(written);
    expect(Math.abs(written.modifiedAt.getTime() - Date.now())).toBeLessThan(3_600_000);
  });

  it('replaces an object by a shorter one', async () => {
    const { driver } = current();
    await driver.write(testKey('a'), sourceOf(patternBytes(1000)));
    await driver.write(testKey('a'), sourceOf(patternBytes(10, 2)));
    expect(await contentOf(await driver.read(testKey('a')))).toEqual(patternBytes(10, 2));
  });

  it('shows the former object until the new one is complete', async () => {
    const { driver } = current();
    await driver.write(testKey('a'), sourceOf(patternBytes(10)));
    const replacement = gatedSource(patternBytes(MIB, 2), patternBytes(MIB, 3));
    const writing = driver.write(testKey('a'), replacement.source);
    await replacement.reached;
    expect(await contentOf(await driver.read(testKey('a')))).toEqual(patternBytes(10));
    replacement.open();
    await writing;
    expect((await driver.stat(testKey('a'))).size).toBe(2 * MIB);
  });

  it('leaves nothing behind when the source of a write fails, and rejects with the failure of the source', async () => {
    const { driver } = current();
    const failure = new Error('connection reset');
    await expect(driver.write(testKey('a'), failingSource(patternBytes(2 * MIB), failure))).rejects.toBe(failure);
    await expect(driver.stat(testKey('a'))).rejects.toBeInstanceOf(ObjectNotFoundError);
    expect(await allOf(driver.list(''))).toEqual([]);
    expect(await allOf(driver.listUploads(TOMORROW))).toEqual([]);
  });

  it('keeps the former object when a write is aborted', async () => {
    const { driver } = current();
    await driver.write(testKey('a'), sourceOf(patternBytes(10)));
    const controller = new AbortController();
    const stalled = stalledSource(patternBytes(MIB));
    const writing = driver.write(testKey('a'), stalled.source, { signal: controller.signal });
    await stalled.reached;
    controller.abort();
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
    expect(await contentOf(await driver.read(testKey('a')))).toEqual(patternBytes(10));
  });

  it('deletes an object, and only that', async () => {
    const { driver } = current();
    await driver.write(testKey('dir/a'), sourceOf(patternBytes(10)));
    await driver.write(testKey('dir/b'), sourceOf(patternBytes(10)));
    await driver.delete(testKey('dir/a'));
    await expect(driver.stat(testKey('dir/a'))).rejects.toBeInstanceOf(ObjectNotFoundError);
    expect((await driver.stat(testKey('dir/b'))).size).toBe(10);
  });

  it('deletes what is missing without complaint', async () => {
    const { driver } = current();
    await expect(driver.delete(testKey('never/there'))).resolves.toBeUndefined();
    await driver.write(testKey('a'), sourceOf(patternBytes(10)));
    await driver.delete(testKey('a'));
    await expect(driver.delete(testKey('a'))).resolves.toBeUndefined();
  });

  it('deletes many objects, also more than a backend takes at a time, and no others', async () => {
    const { driver } = current();
    const keys = Array.from({ length: 1_005 }, (_, index) => testKey(`folder${index % 7}/object${index}/generation`));
    const [first, last] = [testKey('folder0/object0/generation'), testKey('folder3/object1004/generation')];
    for (const key of [first, last, testKey('folder0/other')]) await driver.write(key, sourceOf(patternBytes(10)));
    expect(await driver.deleteMany([...keys, last])).toEqual([]);
    expect((await allOf(driver.list(''))).map(({ key }) => key)).toEqual([testKey('folder0/other')]);
    expect(await driver.deleteMany(keys)).toEqual([]);
    expect(await driver.deleteMany([])).toEqual([]);
  });

  it('deletes nothing more once it is told to stop', async () => {
    const { driver } = current();
    await driver.write(testKey('a'), sourceOf(patternBytes(10)));
    await expect(driver.deleteMany([testKey('a')], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect((await driver.stat(testKey('a'))).size).toBe(10);
  });

  it('reports a missing object as not found', async () => {
    const { driver } = current();
    await expect(driver.stat(testKey('missing'))).rejects.toBeInstanceOf(ObjectNotFoundError);
  });

  it('writes again after a delete', async () => {
    const { driver } = current();
    await driver.write(testKey('dir/a'), sourceOf(patternBytes(10)));
    await driver.delete(testKey('dir/a'));
    await driver.write(testKey('dir/a'), sourceOf(patternBytes(20)));
    expect((await driver.stat(testKey('dir/a'))).size).toBe(20);
  });

  it('presigns with an absolute URL or not at all', async () => {
    const { driver } = current();
    await driver.write(testKey('a'), sourceOf(patternBytes(10)));
    const url = await driver.presignRead(testKey('a'), { expiresInSeconds: 60 });
    expect(url === undefined || url instanceof URL).toBe(true);
  });

  it('is healthy, and a check leaves nothing behind', async () => {
    const { driver } = current();
    await driver.checkHealth();
    expect(await allOf(driver.list(''))).toEqual([]);
    expect(await allOf(driver.listUploads(TOMORROW))).toEqual([]);
  });
}

import { expect, it } from 'vitest';
import { UploadNotFoundError } from '../storage-errors.js';
import { allOf, type CurrentHarness, stagedUpload, testKey, TOMORROW } from './driver-harness.js';
import { contentOf, gatedSource, patternBytes, sourceOf } from './test-sources.js';

const MIB = 1024 * 1024;
/** Nothing, less than any backend's smallest part, and more than its largest first ones. */
const SIZES = [0, 1000, 17 * MIB + 3];

export function forkCases(current: CurrentHarness): void {
  it.each(SIZES)('goes on where the old upload was, at %d bytes', async (size) => {
    const { driver } = current();
    const bytes = patternBytes(size + 6 * MIB);
    const old = await stagedUpload(driver, bytes.subarray(0, size));
    const fork = await driver.forkUpload(old);
    expect(fork.offset).toBe(size);
    expect(fork.token).not.toBe(old.token);
    const complete = await driver.appendUpload(fork, sourceOf(bytes.subarray(size)));
    await driver.abortUpload(old);
    await driver.commitUpload(complete, testKey('a'));
    expect(bytes.equals(await contentOf(await driver.read(testKey('a'))))).toBe(true);
  });

  it('takes only what the state names', async () => {
    const { driver } = current();
    const first = await stagedUpload(driver, patternBytes(6 * MIB));
    await driver.appendUpload(first, sourceOf(patternBytes(12 * MIB, 2)));
    const fork = await driver.forkUpload(first);
    expect((await contentOf(await driver.readUpload(fork))).equals(patternBytes(6 * MIB))).toBe(true);
  });

  it.each(SIZES)('is out of reach of a writer that wakes up later, at %d bytes', async (size) => {
    const { driver } = current();
    const bytes = patternBytes(size + 7 * MIB);
    const old = await stagedUpload(driver, bytes.subarray(0, size));
    const sleeper = gatedSource(patternBytes(6 * MIB, 2), patternBytes(9 * MIB, 3));
    const asleep = driver.appendUpload(old, sleeper.source);
    await sleeper.reached;

    const fork = await driver.forkUpload(old);
    const halfway = await driver.appendUpload(fork, sourceOf(bytes.subarray(size, size + 6 * MIB)));
    sleeper.open();
    const woken = await asleep.catch(() => undefined);
    if (woken) await driver.commitUpload(woken, testKey('theirs'));

    const complete = await driver.appendUpload(halfway, sourceOf(bytes.subarray(halfway.offset)));
    await driver.commitUpload(complete, testKey('ours'));
    expect(bytes.equals(await contentOf(await driver.read(testKey('ours'))))).toBe(true);
  });

  it('stays when the old upload is aborted, and frees all of itself', async () => {
    const { driver } = current();
    const old = await stagedUpload(driver, patternBytes(6 * MIB));
    const fork = await driver.forkUpload(old);
    await driver.abortUpload(old);
    expect((await allOf(driver.listUploads(TOMORROW))).map(({ token }) => token)).toEqual([fork.token]);
    await driver.abortUpload(fork);
    expect(await allOf(driver.listUploads(TOMORROW))).toEqual([]);
  });

  it('can be forked again', async () => {
    const { driver } = current();
    const old = await stagedUpload(driver, patternBytes(6 * MIB));
    const again = await driver.forkUpload(await driver.forkUpload(old));
    expect((await contentOf(await driver.readUpload(again))).equals(patternBytes(6 * MIB))).toBe(true);
  });

  it('is not made of an upload that is gone', async () => {
    const { driver } = current();
    const old = await stagedUpload(driver, patternBytes(1000));
    await driver.abortUpload(old);
    await expect(driver.forkUpload(old)).rejects.toBeInstanceOf(UploadNotFoundError);
    expect(await allOf(driver.listUploads(TOMORROW))).toEqual([]);
  });
}

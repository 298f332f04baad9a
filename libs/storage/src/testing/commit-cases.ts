import { expect, it } from 'vitest';
import { ObjectNotFoundError, UploadNotFoundError } from '../storage-errors.js';
import { allOf, type CurrentHarness, stagedUpload, testKey, TOMORROW } from './driver-harness.js';
import { contentOf, patternBytes, sourceOf } from './test-sources.js';

const MIB = 1024 * 1024;
const BYTES = patternBytes(2 * MIB + 1);

export function commitCases(current: CurrentHarness): void {
  it('shows no object before the commit, and keeps the upload until it is aborted', async () => {
    const { driver } = current();
    const state = await stagedUpload(driver, BYTES);
    await expect(driver.stat(testKey('a'))).rejects.toBeInstanceOf(ObjectNotFoundError);
    await driver.commitUpload(state, testKey('a'));
    expect(await driver.stat(testKey('a'))).toMatchObject({ size: BYTES.length });
    expect(await allOf(driver.listUploads(TOMORROW))).toHaveLength(1);
    await driver.abortUpload(state);
    expect(await allOf(driver.listUploads(TOMORROW))).toEqual([]);
  });

  it('publishes again under another key, for who has died before the first was recorded', async () => {
    const { driver } = current();
    const state = await stagedUpload(driver, BYTES);
    await driver.commitUpload(state, testKey('a'));
    expect(BYTES.equals(await contentOf(await driver.readUpload(state)))).toBe(true);
    await driver.commitUpload(state, testKey('b'));
    await driver.abortUpload(state);
    await driver.delete(testKey('a'));
    expect(BYTES.equals(await contentOf(await driver.read(testKey('b'))))).toBe(true);
  });

  it('publishes exactly the bytes before the offset', async () => {
    const { driver } = current();
    const begun = await stagedUpload(driver, BYTES);
    await driver.appendUpload(begun, sourceOf(patternBytes(1000, 2)));
    expect(await driver.commitUpload(begun, testKey('a'))).toMatchObject({ size: BYTES.length });
    expect(BYTES.equals(await contentOf(await driver.read(testKey('a'))))).toBe(true);
  });

  it('publishes an upload that was never appended to as an empty object', async () => {
    const { driver } = current();
    await driver.commitUpload(await driver.beginUpload(), testKey('empty'));
    expect(await driver.stat(testKey('empty'))).toMatchObject({ size: 0 });
  });

  it('may be asked twice for the same upload', async () => {
    const { driver } = current();
    const state = await stagedUpload(driver, BYTES);
    const first = await driver.commitUpload(state, testKey('a'));
    const again = await driver.commitUpload(state, testKey('a'));
    // A driver may write the object anew: the time is then that of the second commit.
    expect(again).toEqual({ ...first, modifiedAt: again.modifiedAt });
    expect(again.modifiedAt.getTime()).toBeGreaterThanOrEqual(first.modifiedAt.getTime());
    expect(BYTES.equals(await contentOf(await driver.read(testKey('a'))))).toBe(true);
    expect(await allOf(driver.listUploads(TOMORROW))).toHaveLength(1);
  });

  it('may be asked twice at the same time for the same upload', async () => {
    const { driver } = current();
    const state = await stagedUpload(driver, BYTES);
    await Promise.all([driver.commitUpload(state, testKey('a')), driver.commitUpload(state, testKey('a'))]);
    expect(BYTES.equals(await contentOf(await driver.read(testKey('a'))))).toBe(true);
  });

  it('takes many uploads of the same content to one key at the same time', async () => {
    const { driver } = current();
    const states = await Promise.all(Array.from({ length: 8 }, () => stagedUpload(driver, BYTES)));
    await Promise.all(states.map((state) => driver.commitUpload(state, testKey('dir/a'))));
    expect(await allOf(driver.list(''))).toMatchObject([{ key: 'blobs/test/dir/a', size: BYTES.length }]);
    expect(BYTES.equals(await contentOf(await driver.read(testKey('dir/a'))))).toBe(true);
    await Promise.all(states.map((state) => driver.abortUpload(state)));
    expect(await allOf(driver.listUploads(TOMORROW))).toEqual([]);
  });

  it('publishes while the neighbours of the key are deleted', async () => {
    const { driver } = current();
    for (let round = 0; round < 20; round += 1) {
      await driver.write(testKey('dir/old'), sourceOf(patternBytes(10)));
      const state = await stagedUpload(driver, patternBytes(20));
      await Promise.all([driver.delete(testKey('dir/old')), driver.commitUpload(state, testKey('dir/new'))]);
      expect((await driver.stat(testKey('dir/new'))).size).toBe(20);
      await driver.delete(testKey('dir/new'));
    }
  });

  it('refuses an upload that is gone when nothing was published', async () => {
    const { driver } = current();
    const state = await stagedUpload(driver, BYTES);
    await driver.abortUpload(state);
    await expect(driver.commitUpload(state, testKey('a'))).rejects.toBeInstanceOf(UploadNotFoundError);
    expect(await allOf(driver.list(''))).toEqual([]);
  });

  it('leaves the published object alone when its upload is aborted afterwards', async () => {
    const { driver } = current();
    const state = await stagedUpload(driver, BYTES);
    await driver.commitUpload(state, testKey('a'));
    await driver.abortUpload(state);
    expect(await driver.stat(testKey('a'))).toMatchObject({ size: BYTES.length });
  });
}

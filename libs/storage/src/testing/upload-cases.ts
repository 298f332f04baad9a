import { expect, it } from 'vitest';
import { UploadNotFoundError } from '../storage-errors.js';
import { allOf, type CurrentHarness, LONG_AGO, stagedUpload, testKey, TOMORROW } from './driver-harness.js';
import { BOUNDARY_SIZES } from './object-cases.js';
import { contentOf, patternBytes, sourceOf } from './test-sources.js';

const MIB = 1024 * 1024;

export function uploadCases(current: CurrentHarness): void {
  it('begins with nothing', async () => {
    const { driver } = current();
    const state = await driver.beginUpload();
    expect(state.offset).toBe(0);
    expect(await contentOf(await driver.readUpload(state))).toHaveLength(0);
  });

  it('keeps its state as JSON', async () => {
    const { driver } = current();
    const state = await stagedUpload(driver, patternBytes(100));
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  it.each(BOUNDARY_SIZES)('stages and publishes %d bytes', async (size) => {
    const { driver } = current();
    const bytes = patternBytes(size);
    const state = await stagedUpload(driver, bytes);
    expect(state.offset).toBe(size);
    expect(bytes.equals(await contentOf(await driver.readUpload(state)))).toBe(true);
    expect(await driver.commitUpload(state, testKey('a'))).toMatchObject({ size });
    expect(bytes.equals(await contentOf(await driver.read(testKey('a'))))).toBe(true);
  });

  it('continues across appends of every size', async () => {
    const { driver } = current();
    const sizes = [1, 0, 5 * MIB, 1, 70_000, 5 * MIB - 1, 3];
    const bytes = patternBytes(sizes.reduce((sum, size) => sum + size, 0));
    let state = await driver.beginUpload();
    for (const size of sizes) {
      state = await driver.appendUpload(state, sourceOf(bytes.subarray(state.offset, state.offset + size)));
    }
    await driver.commitUpload(state, testKey('a'));
    expect(bytes.equals(await contentOf(await driver.read(testKey('a'))))).toBe(true);
  });

  it('takes many appends of one byte', async () => {
    const { driver } = current();
    const bytes = patternBytes(50);
    let state = await driver.beginUpload();
    for (const byte of bytes) state = await driver.appendUpload(state, sourceOf(Buffer.from([byte])));
    expect(await contentOf(await driver.readUpload(state))).toEqual(bytes);
  });

  it('takes a source of very many tiny chunks', async () => {
    const { driver } = current();
    const bytes = patternBytes(20_000);
    const state = await driver.appendUpload(await driver.beginUpload(), sourceOf(bytes, 7));
    expect(await contentOf(await driver.readUpload(state))).toEqual(bytes);
  });

  it('discards what was staged after the offset it appends at', async () => {
    const { driver } = current();
    const first = await stagedUpload(driver, patternBytes(1000));
    await driver.appendUpload(first, sourceOf(patternBytes(5000, 2)));
    const state = await driver.appendUpload(first, sourceOf(patternBytes(10, 3)));
    expect(state.offset).toBe(1010);
    const expected = Buffer.concat([patternBytes(1000), patternBytes(10, 3)]);
    expect(await contentOf(await driver.readUpload(state))).toEqual(expected);
  });

  it('reads back only the bytes before the offset', async () => {
    const { driver } = current();
    const first = await stagedUpload(driver, patternBytes(1000));
    await driver.appendUpload(first, sourceOf(patternBytes(5000, 2)));
    expect(await contentOf(await driver.readUpload(first))).toEqual(patternBytes(1000));
  });

  it('keeps uploads apart', async () => {
    const { driver } = current();
    const states = await Promise.all([1, 2, 3, 4].map((seed) => stagedUpload(driver, patternBytes(2 * MIB, seed))));
    const contents = await Promise.all(states.map(async (state) => contentOf(await driver.readUpload(state))));
    contents.forEach((content, index) => expect(content.equals(patternBytes(2 * MIB, index + 1))).toBe(true));
  });

  it('frees an aborted upload, once or twice', async () => {
    const { driver } = current();
    const state = await stagedUpload(driver, patternBytes(1000));
    await driver.abortUpload(state);
    await driver.abortUpload(state);
    expect(await allOf(driver.listUploads(TOMORROW))).toEqual([]);
    await expect(driver.readUpload(state)).rejects.toBeInstanceOf(UploadNotFoundError);
    await expect(driver.appendUpload(state, sourceOf(patternBytes(1)))).rejects.toBeInstanceOf(UploadNotFoundError);
    await expect(driver.commitUpload(state, testKey('a'))).rejects.toBeInstanceOf(UploadNotFoundError);
  });

  it('lists the uploads last touched before a time', async () => {
    const { driver } = current();
    const states = [await stagedUpload(driver, patternBytes(10)), await stagedUpload(driver, patternBytes(20))];
    const listed = await allOf(driver.listUploads(TOMORROW));
    expect(listed.map((state) => state.token).toSorted()).toEqual(states.map((state) => state.token).toSorted());
    expect(await allOf(driver.listUploads(LONG_AGO))).toEqual([]);
  });

  it('aborts an upload that was found by listing', async () => {
    const { driver } = current();
    await stagedUpload(driver, patternBytes(10));
    for await (const state of driver.listUploads(TOMORROW)) await driver.abortUpload(state);
    expect(await allOf(driver.listUploads(TOMORROW))).toEqual([]);
  });
}

import { Readable } from 'node:stream';
import { ListMultipartUploadsCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { ObjectNotFoundError, parseObjectKey, UploadInterruptedError, UploadNotFoundError } from '@stowage/storage';
import { contentOf, failingSource, patternBytes, sourceOf } from '@stowage/storage/testing';
import { expect, it } from 'vitest';
import type { S3Store } from '../../src/testing/index.js';

const MIB = 1024 * 1024;
const KEY = parseObjectKey('blobs/test/a');

export function continuedUploadCases(current: () => S3Store): void {
  it('goes on with a new driver at every step, also after it was read', async () => {
    const store = current();
    const bytes = patternBytes(31 * MIB + 7);
    let state = await store.driver().beginUpload();
    for (const end of [7 * MIB, 12 * MIB + 1, 25 * MIB, bytes.length]) {
      state = await store.driver().appendUpload(state, sourceOf(bytes.subarray(state.offset, end)));
      const staged = await contentOf(await store.driver().readUpload(state));
      expect(staged.equals(bytes.subarray(0, end))).toBe(true);
    }
    await store.driver().commitUpload(state, KEY);
    expect(bytes.equals(await contentOf(await store.driver().read(KEY)))).toBe(true);
    await store.driver().abortUpload(state);
    expect(await store.keys()).toEqual([KEY]);
    expect(await store.multiparts()).toEqual([]);
  });

  it('keeps its parts open from append to append', async () => {
    const store = current();
    const bytes = patternBytes(23 * MIB);
    let state = await store.driver().beginUpload();
    for (const end of [6 * MIB, 12 * MIB, 18 * MIB, bytes.length]) {
      state = await store.driver().appendUpload(state, sourceOf(bytes.subarray(state.offset, end)));
      expect(await store.multiparts()).toHaveLength(1);
    }
    expect((await store.keys()).length).toBeLessThanOrEqual(2); // the mark of this state and that of the one before
    await store.driver().commitUpload(state, KEY);
    expect(bytes.equals(await contentOf(await store.driver().read(KEY)))).toBe(true);
  });

  it('overwrites parts whose state was never saved', async () => {
    const store = current();
    const [first, lost, kept] = [patternBytes(6 * MIB), patternBytes(14 * MIB, 2), patternBytes(9 * MIB, 3)];
    const saved = await store.driver().appendUpload(await store.driver().beginUpload(), sourceOf(first));
    await store.driver().appendUpload(saved, sourceOf(lost));
    const state = await store.driver().appendUpload(saved, sourceOf(kept));
    await store.driver().commitUpload(state, KEY);
    expect(Buffer.concat([first, kept]).equals(await contentOf(await store.driver().read(KEY)))).toBe(true);
  });

  it('publishes a state that was appended to in vain', async () => {
    const store = current();
    const bytes = patternBytes(11 * MIB);
    const saved = await store.driver().appendUpload(await store.driver().beginUpload(), sourceOf(bytes));
    await store.driver().appendUpload(saved, sourceOf(patternBytes(14 * MIB, 2)));
    await store.driver().commitUpload(saved, KEY);
    expect(bytes.equals(await contentOf(await store.driver().read(KEY)))).toBe(true);
    expect(await store.multiparts()).toEqual([]);
  });

  it('goes on after parts that were stored in vain, and after they were read', async () => {
    const store = current();
    const bytes = patternBytes(30 * MIB + 1);
    const saved = await store
      .driver()
      .appendUpload(await store.driver().beginUpload(), sourceOf(bytes.subarray(0, 11 * MIB)));
    await store.driver().appendUpload(saved, sourceOf(patternBytes(14 * MIB, 2)));
    expect(bytes.subarray(0, 11 * MIB).equals(await contentOf(await store.driver().readUpload(saved)))).toBe(true);
    const state = await store.driver().appendUpload(saved, sourceOf(bytes.subarray(11 * MIB)));
    await store.driver().commitUpload(state, KEY);
    expect(bytes.equals(await contentOf(await store.driver().read(KEY)))).toBe(true);
    await store.driver().abortUpload(state);
    expect(await store.keys()).toEqual([KEY]);
    expect(await store.multiparts()).toEqual([]);
  });

  it('keeps every byte that arrived before its source failed', async () => {
    const store = current();
    const source = failingSource(patternBytes(13 * MIB + 3), new Error('reset'));
    const appending = store.driver().appendUpload(await store.driver().beginUpload(), source);
    const outcome: unknown = await appending.catch((error: unknown) => error);
    expect((outcome as UploadInterruptedError).state.offset).toBe(13 * MIB + 3);
  });

  it('is not published when another writer has replaced its parts', async () => {
    const store = current();
    const driver = store.driver();
    const state = await driver.appendUpload(await driver.beginUpload(), sourceOf(patternBytes(12 * MIB)));
    const { Uploads } = await store.client.send(new ListMultipartUploadsCommand({ Bucket: store.bucket }));
    const { Key, UploadId } = Uploads?.[0] ?? {};
    const part = { Bucket: store.bucket, Key, UploadId, PartNumber: 1, Body: patternBytes(5 * MIB, 9) };
    await store.client.send(new UploadPartCommand(part));
    await expect(driver.commitUpload(state, KEY)).rejects.toBeInstanceOf(UploadNotFoundError);
    await expect(driver.stat(KEY)).rejects.toBeInstanceOf(ObjectNotFoundError);
  });

  it('commits twice at the same time, in parts', async () => {
    const store = current();
    const bytes = patternBytes(12 * MIB);
    const driver = store.driver();
    const state = await driver.appendUpload(await driver.beginUpload(), sourceOf(bytes));
    await Promise.all([driver.commitUpload(state, KEY), store.driver().commitUpload(state, KEY)]);
    expect(bytes.equals(await contentOf(await driver.read(KEY)))).toBe(true);
    await store.driver().abortUpload(state);
    expect(await store.keys()).toEqual([KEY]);
  });

  it('takes 200 MiB with little memory', async () => {
    const store = current();
    const driver = store.driver();
    const before = process.memoryUsage.rss();
    let peak = 0;
    const source = Readable.from(
      (function* () {
        for (let index = 0; index < 200 * 16; index += 1) {
          if (index % 64 === 0) peak = Math.max(peak, process.memoryUsage.rss());
          yield Buffer.alloc(64 * 1024, index % 251);
        }
      })(),
    );
    const state = await driver.appendUpload(await driver.beginUpload(), source, { disposableChunks: true });
    expect(state.offset).toBe(200 * MIB);
    expect(await driver.commitUpload(state, KEY)).toMatchObject({ size: 200 * MIB });
    expect(peak - before).toBeLessThan(100 * MIB);
  });
}

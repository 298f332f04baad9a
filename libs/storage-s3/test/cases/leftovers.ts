import { parseObjectKey, StorageUnavailableError, UploadNotFoundError, type UploadState } from '@stowage/storage';
import { contentOf, failingSource, gatedSource, patternBytes, sourceOf } from '@stowage/storage/testing';
import { expect, it } from 'vitest';
import { Cable, type S3Store } from '../../src/testing/index.js';

const MIB = 1024 * 1024;
const KEY = parseObjectKey('blobs/test/a');
const TOMORROW = new Date(Date.now() + 86_400_000);

async function expectNothingLeft(store: S3Store): Promise<void> {
  expect(await store.keys()).toEqual([]);
  expect(await store.multiparts()).toEqual([]);
}

async function listed(store: S3Store): Promise<UploadState[]> {
  const states: UploadState[] = [];
  for await (const state of store.driver().listUploads(TOMORROW)) states.push(state);
  return states;
}

export function leftoverCases(current: () => S3Store): void {
  it('are none after an upload was aborted', async () => {
    const store = current();
    const driver = store.driver();
    const state = await driver.appendUpload(await driver.beginUpload(), sourceOf(patternBytes(12 * MIB)));
    expect(await store.multiparts()).toHaveLength(1);
    await driver.abortUpload(state);
    await expectNothingLeft(store);
  });

  it('are none after the source of a large write failed', async () => {
    const store = current();
    const failure = new Error('reset');
    const writing = store.driver().write(KEY, failingSource(patternBytes(12 * MIB), failure));
    await expect(writing).rejects.toBe(failure);
    await expectNothingLeft(store);
  });

  it('are none of a check of health', async () => {
    const store = current();
    await store.driver().checkHealth();
    await expectNothingLeft(store);
  });

  it('of an append that the service broke off are none: the state before is still good', async () => {
    const store = current();
    const [first, rest] = [patternBytes(6 * MIB), patternBytes(12 * MIB, 2)];
    const cable = new Cable(current().endpoint);
    const driver = store.driver({ endpoint: await cable.plugIn() });
    const state = await driver.appendUpload(await driver.beginUpload(), sourceOf(first));
    const gated = gatedSource(rest.subarray(0, MIB), rest.subarray(MIB));
    const appending = driver.appendUpload(state, gated.source);
    await gated.reached;
    await cable.cut();
    gated.open();
    await expect(appending).rejects.toBeInstanceOf(StorageUnavailableError);
    const continued = await store.driver().appendUpload(state, sourceOf(rest));
    await store.driver().commitUpload(continued, KEY);
    expect(Buffer.concat([first, rest]).equals(await contentOf(await store.driver().read(KEY)))).toBe(true);
    expect(await store.multiparts()).toEqual([]);
  });

  it.each(['blobs/test/x', `uploads/${'a'.repeat(32)}/bulk-${'b'.repeat(32)}`])(
    'of a process that died with parts at %s are listed and freed',
    async (key) => {
      const store = current();
      await store.openMultipart(key);
      const states = await listed(store);
      expect(states).toHaveLength(1);
      expect(JSON.parse(JSON.stringify(states))).toEqual(states);
      for (const state of states) await store.driver().abortUpload(state);
      for (const state of states) await store.driver().abortUpload(state);
      await expectNothingLeft(store);
    },
  );

  it('of uploads in parts are listed once, by the token that the session has', async () => {
    const store = current();
    const driver = store.driver();
    const begun = await driver.beginUpload();
    const state = await driver.appendUpload(begun, sourceOf(patternBytes(12 * MIB)));
    expect(state.token).toBe(begun.token);
    expect(await listed(store)).toEqual([state]);
    await driver.abortUpload(state);
  });

  it.each([
    '',
    '..',
    '../blobs/test/a',
    'A'.repeat(32),
    `${'a'.repeat(32)}\n`,
    'stray-',
    'stray-e30',
    `${'a'.repeat(31)}/`,
  ])('are not reached by the token %j', async (token) => {
    const store = current();
    await store.driver().write(KEY, sourceOf(patternBytes(10)));
    const state = { token, offset: 0 };
    const driver = store.driver();
    const calls = [
      driver.appendUpload(state, sourceOf(patternBytes(1))),
      driver.readUpload(state),
      driver.commitUpload(state, parseObjectKey('blobs/test/b')),
      driver.abortUpload(state),
    ];
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(UploadNotFoundError) as unknown });
    }
    expect(await store.keys()).toEqual([KEY]);
  });
}

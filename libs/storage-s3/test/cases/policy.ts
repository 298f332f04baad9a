import { parseObjectKey, StorageUnavailableError } from '@stowage/storage';
import { contentOf, patternBytes, sourceOf } from '@stowage/storage/testing';
import { expect, it } from 'vitest';
import type { S3Driver } from '@stowage/storage-s3';
import { DOCUMENTED_ACTIONS, type S3Store } from '../../src/testing/index.js';

const MIB = 1024 * 1024;
const KEY = parseObjectKey('blobs/test/a');
const MISSING = parseObjectKey('blobs/test/missing');
const THEIRS = parseObjectKey('blobs/test/theirs');

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const item of items) expect(item).toBeDefined();
}

/** All that a registry does with its bucket. */
async function liveThrough(store: S3Store): Promise<void> {
  await ownLife(store.driver());
  // Services let an account do more with what is its own, policy or not.
  const [driver, stranger] = [store.driver(), store.strangersDriver()];
  await stranger.write(THEIRS, sourceOf(patternBytes(10)));
  expect(await contentOf(await driver.read(THEIRS))).toHaveLength(10);
  const state = await stranger.appendUpload(await stranger.beginUpload(), sourceOf(patternBytes(10 * MIB)));
  expect(await contentOf(await driver.readUpload(state))).toHaveLength(10 * MIB);
}

async function ownLife(driver: S3Driver): Promise<void> {
  await driver.checkHealth();
  expect(await driver.stat(MISSING).catch((error: Error) => error.name)).toBe('ObjectNotFoundError');
  const bytes = patternBytes(12 * MIB);
  const first = await driver.appendUpload(await driver.beginUpload(), sourceOf(bytes.subarray(0, 7 * MIB)));
  const whole = await driver.appendUpload(first, sourceOf(bytes.subarray(7 * MIB)));
  await driver.commitUpload(whole, KEY);
  expect((await contentOf(await driver.read(KEY))).equals(bytes)).toBe(true);
  await driver.abortUpload(whole);
  const given = await driver.appendUpload(await driver.beginUpload(), sourceOf(patternBytes(7 * MIB)));
  await driver.abortUpload(await driver.forkUpload(given));
  await driver.abortUpload(given);
  await drain(driver.list(''));
  await drain(driver.listUploads(new Date()));
  await driver.delete(KEY);
}

/** All other cases run with no more than the policy allows: it is enough. */
export function policyCases(current: () => S3Store): void {
  it('is enough for the life of a blob', async () => {
    await expect(liveThrough(current())).resolves.toBeUndefined();
  });

  it('opens no other bucket', async () => {
    const { bucket } = current();
    await current().driver().checkHealth();
    const other = current().driver({ bucket: `${bucket}-other` });
    await expect(other.checkHealth()).rejects.toBeInstanceOf(StorageUnavailableError);
  });

  it.each(DOCUMENTED_ACTIONS)('asks for nothing that is not needed: %s', async (action) => {
    await current().allowWhatIsDocumented(action);
    await expect(liveThrough(current())).rejects.toThrow();
  });
}

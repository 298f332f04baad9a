import { expect, it } from 'vitest';
import type { StorageDriver, UploadState } from '../storage-driver.js';
import { StorageUnavailableError } from '../storage-errors.js';
import { allOf, type CurrentHarness, stagedUpload, testKey, TOMORROW } from './driver-harness.js';
import { KeepingSink } from './test-sinks.js';
import { patternBytes, sourceOf } from './test-sources.js';

type Call = (driver: StorageDriver, state: UploadState) => Promise<unknown>;

const CALLS: Readonly<Record<string, Call>> = {
  checkHealth: (driver) => driver.checkHealth(),
  'stat of an object that exists': (driver) => driver.stat(testKey('a')),
  'stat of an object that does not': (driver) => driver.stat(testKey('missing')),
  read: (driver) => driver.read(testKey('a')),
  sendTo: (driver) => driver.sendTo(testKey('a'), new KeepingSink()),
  write: (driver) => driver.write(testKey('b'), sourceOf(patternBytes(10))),
  delete: (driver) => driver.delete(testKey('a')),
  deleteMany: (driver) => driver.deleteMany([testKey('a'), testKey('b')]),
  list: (driver) => allOf(driver.list('')),
  beginUpload: (driver) => driver.beginUpload(),
  appendUpload: (driver, state) => driver.appendUpload(state, sourceOf(patternBytes(10))),
  forkUpload: (driver, state) => driver.forkUpload(state),
  readUpload: (driver, state) => driver.readUpload(state),
  commitUpload: (driver, state) => driver.commitUpload(state, testKey('b')),
  abortUpload: (driver, state) => driver.abortUpload(state),
  listUploads: (driver) => allOf(driver.listUploads(TOMORROW)),
};

export function outageCases(current: CurrentHarness): void {
  it.each(Object.entries(CALLS))('is not taken for something missing: %s', async (_name, call) => {
    const { driver, breakDown } = current();
    await driver.write(testKey('a'), sourceOf(patternBytes(10)));
    const state = await stagedUpload(driver, patternBytes(10));
    await breakDown();
    await expect(call(driver, state)).rejects.toBeInstanceOf(StorageUnavailableError);
  });
}

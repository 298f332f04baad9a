import { type ObjectKey, parseObjectKey } from '../object-keys.js';
import type { StorageDriver, UploadState } from '../storage-driver.js';
import { sourceOf } from './test-sources.js';

/** One empty store for one test case. */
export interface DriverHarness {
  readonly driver: StorageDriver;
  /** Makes the backend unreachable for the rest of the test case. */
  readonly breakDown: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** What a group of cases is given; the harness exists only while a case runs. */
export type CurrentHarness = () => DriverHarness;

export function testKey(name: string): ObjectKey {
  return parseObjectKey(`blobs/test/${name}`);
}

export async function stagedUpload(driver: StorageDriver, bytes: Buffer): Promise<UploadState> {
  return driver.appendUpload(await driver.beginUpload(), sourceOf(bytes));
}

export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Later than anything a case stages, whatever the backend's clock says. */
export const TOMORROW = new Date(Date.now() + 86_400_000);
export const LONG_AGO = new Date(0);

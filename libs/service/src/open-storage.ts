import path from 'node:path';
import type { StorageSettings } from '@stowage/config';
import type { StorageDriver } from '@stowage/storage';
import { FsDriver } from '@stowage/storage-fs';

export interface StorageOptions {
  readonly storage: StorageSettings;
  readonly data: { readonly directory: string };
}

/** The configured driver, ready for use. The only place that chooses one. */
export async function openStorage({ data }: StorageOptions): Promise<StorageDriver> {
  const driver = new FsDriver({ root: path.join(data.directory, 'storage') });
  await driver.prepare();
  return driver;
}

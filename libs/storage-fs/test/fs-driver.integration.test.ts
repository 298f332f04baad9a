import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describeStorageDriver } from '@stowage/storage/testing';
import { openTempStore } from './temp-store.js';

describeStorageDriver('the file system driver', async () => {
  const store = await openTempStore();
  return {
    driver: store.driver,
    // What a volume that was unmounted looks like.
    breakDown: () => rename(store.root, join(store.folder, 'away')),
    dispose: () => rm(store.folder, { recursive: true, force: true }),
  };
});

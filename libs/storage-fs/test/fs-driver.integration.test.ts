import { describeStorageDriver } from '@stowage/storage/testing';
import { openTempStore } from '../src/testing/index.js';

describeStorageDriver('the file system driver', async () => {
  const { driver, unmount, dispose } = await openTempStore();
  return { driver, breakDown: unmount, dispose };
});

import { MemoryDriver } from './memory-driver.js';
import { describeStorageDriver } from './testing/describe-storage-driver.js';

describeStorageDriver('the memory driver', async () => {
  const driver = new MemoryDriver();
  return {
    driver,
    breakDown: async () => {
      driver.available = false;
    },
    dispose: async () => {},
  };
});

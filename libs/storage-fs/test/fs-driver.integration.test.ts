import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStorageDriver } from '@stowage/storage/testing';
import { FsDriver } from '@stowage/storage-fs';

describeStorageDriver('the file system driver', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stowage-fs-'));
  const root = join(folder, 'store');
  const driver = new FsDriver({ root });
  await driver.prepare();
  return {
    driver,
    // What a volume that was unmounted looks like.
    breakDown: () => rename(root, join(folder, 'away')),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
});

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectKey, StorageDriver } from '@stowage/storage';
import { filesUnder, openTempStore } from '@stowage/storage-fs/testing';
import { type S3Server, S3Store } from '@stowage/storage-s3/testing';

/** A driver on an empty store of its own, and ways to what it keeps that are not the driver's. */
export interface RealStorage {
  readonly driver: StorageDriver;
  /** What is really there, in order. */
  keys(): Promise<string[]>;
  /** Turns a byte of the object over, behind everybody's back. */
  damage(key: ObjectKey): Promise<void>;
  dispose(): Promise<void>;
}

export interface StorageOnFiles extends RealStorage {
  /** As if the volume was unmounted. */
  unmount(): Promise<void>;
  mount(): Promise<void>;
}

export async function storageOnFiles(): Promise<StorageOnFiles> {
  const { root, driver, unmount, mount, dispose } = await openTempStore();
  return {
    driver,
    keys: () => filesUnder(root),
    damage: async (key) => writeFile(join(root, key), turned(await readFile(join(root, key)))),
    unmount,
    mount,
    dispose,
  };
}

export async function storageOnS3(server: S3Server): Promise<RealStorage> {
  const store = await S3Store.open(server);
  return {
    driver: store.driver(),
    keys: async () => (await store.keys()).toSorted(),
    damage: async (key) => store.replace(key, turned(await store.bytesOf(key))),
    dispose: () => store.dispose(),
  };
}

function turned(bytes: Buffer): Buffer {
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = bytes[middle]! ^ 1;
  return bytes;
}

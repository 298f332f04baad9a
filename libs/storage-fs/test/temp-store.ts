import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { FsDriver } from '@stowage/storage-fs';
import { afterEach, beforeEach } from 'vitest';

export interface TempStore {
  /** Parent of the root: the root itself may be moved away in it. */
  readonly folder: string;
  readonly root: string;
  readonly driver: FsDriver;
}

export async function openTempStore(): Promise<TempStore> {
  const folder = await mkdtemp(join(tmpdir(), 'stowage-fs-'));
  const root = join(folder, 'store');
  const driver = new FsDriver({ root });
  await driver.prepare();
  return { folder, root, driver };
}

/** An empty store for each test of the file. */
export function useTempStore(): TempStore {
  let current: TempStore;
  beforeEach(async () => {
    current = await openTempStore();
  });
  afterEach(() => rm(current.folder, { recursive: true, force: true }));
  return {
    get folder() {
      return current.folder;
    },
    get root() {
      return current.root;
    },
    get driver() {
      return current.driver;
    },
  };
}

export async function filesUnder(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .toSorted();
}

/** Files below the folder that this process holds open. */
export async function openFilesUnder(folder: string): Promise<string[]> {
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''));
  return (await Promise.all(links)).filter((path) => path.startsWith(folder));
}

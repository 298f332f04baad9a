import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { FsDriver } from '../fs-driver.js';

export interface TempStore {
  /** Parent of the root. */
  readonly folder: string;
  readonly root: string;
  readonly driver: FsDriver;
  /** What a volume that was unmounted looks like, until `mount`. */
  unmount(): Promise<void>;
  mount(): Promise<void>;
  dispose(): Promise<void>;
}

export async function openTempStore(): Promise<TempStore> {
  const folder = await mkdtemp(join(tmpdir(), 'stowage-fs-'));
  const root = join(folder, 'store');
  const driver = new FsDriver({ root });
  await driver.prepare();
  const away = join(folder, 'away');
  return {
    folder,
    root,
    driver,
    unmount: () => rename(root, away),
    mount: () => rename(away, root),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

/** An empty store for each test of the file. */
export function useTempStore(): Pick<TempStore, 'folder' | 'root' | 'driver'> {
  let current: TempStore;
  beforeEach(async () => {
    current = await openTempStore();
  });
  afterEach(() => current.dispose());
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

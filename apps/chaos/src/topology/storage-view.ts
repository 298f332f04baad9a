import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
}

/** Looks into the storage of a run, past the product. */
export interface StorageView {
  /** The processes' settings for it. */
  readonly env: Readonly<Record<string, string>>;
  /** Published objects. */
  objects(): Promise<StoredObject[]>;
  /** Uploads of which bytes are staged, each once. */
  staged(): Promise<string[]>;
}

/** The folder that a data folder holds. */
export function folderView(dataDirectory: string): StorageView {
  const root = path.join(dataDirectory, 'storage');
  return {
    env: {},
    objects: async () =>
      Promise.all(
        (await filesBelow(root, 'blobs')).map(async (key) => ({ key, bytes: (await stat(path.join(root, key))).size })),
      ),
    staged: () => filesBelow(root, 'uploads'),
  };
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

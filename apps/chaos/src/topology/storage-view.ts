import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** Looks into the storage of a run, past the product. */
export interface StorageView {
  /** The processes' settings for it. */
  readonly env: Readonly<Record<string, string>>;
  /** Keys of published objects. */
  objects(): Promise<string[]>;
  /** Uploads of which bytes are staged, each once. */
  staged(): Promise<string[]>;
}

/** The folder that a data folder holds. */
export function folderView(dataDirectory: string): StorageView {
  const root = path.join(dataDirectory, 'storage');
  return {
    env: {},
    objects: () => filesBelow(root, 'blobs'),
    staged: () => filesBelow(root, 'uploads'),
  };
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ObjectStat, parseObjectKey } from '@stowage/storage';
import { isMissing } from './fs-errors.js';
import { type ObjectTree, STAGING_NAME } from './object-tree.js';

/** What a component of a key looks like. Others, such as `lost+found`, were put there by somebody else. */
const COMPONENT = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

interface Walk {
  readonly root: string;
  readonly prefix: string;
  readonly objects: ObjectTree;
}

/** Every object whose key starts with the prefix, in byte order of the keys; reads one folder at a time. */
export async function* listObjects(walk: Walk, folder = ''): AsyncGenerator<ObjectStat> {
  for (const name of sortedNames(await entriesOf(walk.root, folder))) {
    const path = folder + name;
    if (path === `${STAGING_NAME}/`) continue;
    if (name.endsWith('/')) {
      if (path.startsWith(walk.prefix) || walk.prefix.startsWith(path)) yield* listObjects(walk, path);
    } else if (path.startsWith(walk.prefix)) {
      const stat = await walk.objects.stat(parseObjectKey(path));
      if (stat) yield stat;
    }
  }
}

/** A folder sorts as what its keys go on with, so that `a-b/x` comes before `a/x` and `a0` after it. */
function sortedNames(entries: readonly Dirent[]): string[] {
  return entries
    .filter((entry) => COMPONENT.test(entry.name) && (entry.isFile() || entry.isDirectory()))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .toSorted();
}

async function entriesOf(root: string, folder: string): Promise<Dirent[]> {
  try {
    return await readdir(join(root, folder), { withFileTypes: true });
  } catch (cause) {
    // A folder may go while it is listed, the root may not.
    if (folder !== '' && isMissing(cause)) return [];
    throw cause;
  }
}

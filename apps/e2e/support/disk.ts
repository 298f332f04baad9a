import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Bytes of all files below a folder, without those of the named folders in it. What goes away meanwhile counts nothing. */
export function bytesBelow(folder: string, except: readonly string[] = []): number {
  let total = 0;
  for (const name of entriesOf(folder)) {
    if (except.includes(name)) continue;
    const entry = path.join(folder, name);
    const stat = lstatSync(entry, { throwIfNoEntry: false });
    if (stat?.isDirectory()) total += bytesBelow(entry);
    else total += stat?.size ?? 0;
  }
  return total;
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // it went away meanwhile
    throw error;
  }
}

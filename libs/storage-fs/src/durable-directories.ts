import { mkdir, open } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { hasCode } from './fs-errors.js';

/** Folders are private to the account that runs the registry. */
export const DIRECTORY_MODE = 0o700;

const MAX_KNOWN = 4096;

/** Makes what was created, renamed or removed in a folder survive a loss of power. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (cause) {
    // @NOTE some network and FUSE file systems can't sync a folder and say EINVAL; there is nothing better to do there.
    if (!hasCode(cause, 'EINVAL')) throw cause;
  } finally {
    await handle.close();
  }
}

/** Folders below a root that exist durably: the entry of each of them in its parent was synced by this process. */
export class DurableDirectories {
  readonly #root: string;
  readonly #known = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Makes `path` and what is missing above it, durably. */
  async ensure(path: string): Promise<void> {
    const settle = await this.make(path);
    await settle();
  }

  /**
   * Makes `path` and what is missing above it; durable when the function that it resolves with has resolved. Synced also
   * when it was there: another process may have made it a moment ago without getting as far. Folders that stay (those
   * above the last) are synced once per process.
   */
  async make(path: string): Promise<() => Promise<void>> {
    const made: string[] = [];
    let current = this.#root;
    for (const name of relative(this.#root, path).split(sep)) {
      current += sep + name;
      if (this.#known.has(current)) continue;
      await makeDirectory(current);
      made.push(current);
    }
    return async () => {
      await Promise.all(made.map((folder) => syncDirectory(dirname(folder))));
      for (const folder of made) if (folder !== path) this.#remember(folder);
    };
  }

  /** After a folder turned out to be gone. */
  forget(): void {
    this.#known.clear();
  }

  #remember(path: string): void {
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.add(path);
  }
}

async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: DIRECTORY_MODE });
  } catch (cause) {
    if (!hasCode(cause, 'EEXIST')) throw cause;
  }
}

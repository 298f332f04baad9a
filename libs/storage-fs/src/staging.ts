import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, copyFile, type FileHandle, link, open, opendir, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageUnavailableError, UploadNotFoundError, type UploadState } from '@stowage/storage';
import { syncDirectory } from './durable-directories.js';
import { hasCode, isMissing } from './fs-errors.js';

/** Random, and checked before it becomes a path: a token comes back from the caller's database. */
const TOKEN = /^[0-9a-f]{32}$/;

export const FILE_MODE = 0o600;

/** The folder of what is not published yet, on the volume of the objects. A crash leaves files here and nowhere else. */
export class Staging {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async begin(): Promise<UploadState> {
    const token = newToken();
    const handle = await open(join(this.#root, token), 'wx', FILE_MODE);
    await handle.close();
    await syncDirectory(this.#root);
    return { token, offset: 0 };
  }

  /** A file of its own: whoever still has the other one open can't reach it. File systems that can share the blocks. */
  async fork(state: UploadState): Promise<UploadState> {
    const fork = { token: newToken(), offset: state.offset };
    const path = join(this.#root, fork.token);
    await (await this.open(state, 'r')).close(); // is there, and long enough
    try {
      await copyFile(this.pathOf(state), path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      await this.#cutOff(path, state.offset);
    } catch (cause) {
      await unlink(path).catch(() => undefined); // @NOTE goes with the next sweep otherwise; the first failure counts
      if (!isMissing(cause)) throw cause;
      throw new UploadNotFoundError('no such upload', { cause });
    }
    await syncDirectory(this.#root);
    return fork;
  }

  /**
   * Works with a second name for the staged file, which may be moved into place; with the file itself where the file
   * system has no such thing. The name is listed as an upload until then, and gone afterwards.
   */
  async withLink(state: UploadState, work: (path: string) => Promise<void>): Promise<void> {
    const path = this.pathOf(state);
    const second = join(this.#root, newToken());
    try {
      await link(path, second);
    } catch (cause) {
      if (hasCode(cause, 'EPERM') || hasCode(cause, 'ENOTSUP') || hasCode(cause, 'EMLINK')) return work(path);
      throw cause;
    }
    try {
      await work(second);
    } finally {
      // Still there after a failure, and where both names were of one file already: then a move does nothing.
      await unlink(second).catch(missingAsUndefined);
    }
  }

  /** Throws UploadNotFoundError unless this driver could have given out the state. */
  pathOf(state: UploadState): string {
    const isOurs = TOKEN.test(state.token) && Number.isSafeInteger(state.offset) && state.offset >= 0;
    if (!isOurs) throw new UploadNotFoundError('not a state of this driver');
    return join(this.#root, state.token);
  }

  /** The staged file, when it holds at least what the state names; longer when an append was cut off. */
  async open(state: UploadState, flags: 'r' | 'r+'): Promise<FileHandle> {
    const handle = await this.#openExisting(this.pathOf(state), flags);
    try {
      const { size } = await handle.stat();
      if (size < state.offset) throw new UploadNotFoundError('less is staged than was durable');
      if (flags === 'r+' && size > state.offset) await handle.truncate(state.offset);
      return handle;
    } catch (cause) {
      await handle.close();
      throw cause;
    }
  }

  /**
   * Makes the file exactly what the state names, durably; resolves with its modification time. What was appended is durable
   * already: there is something to sync only where more was there, or nothing ever.
   */
  async seal(state: UploadState): Promise<Date> {
    const handle = await this.#openExisting(this.pathOf(state), 'r+');
    try {
      const { size, mtime } = await handle.stat();
      if (size < state.offset) throw new UploadNotFoundError('less is staged than was durable');
      if (size === state.offset && size > 0) return mtime;
      await handle.truncate(state.offset);
      await handle.sync();
      return (await handle.stat()).mtime;
    } finally {
      await handle.close();
    }
  }

  /** Resolves when a file can be made, written and removed here. */
  async probe(): Promise<void> {
    const path = join(this.#root, newToken());
    await writeFile(path, 'ok', { flag: 'wx', mode: FILE_MODE });
    await unlink(path);
  }

  async remove(state: UploadState): Promise<void> {
    const path = this.pathOf(state);
    try {
      await unlink(path);
    } catch (cause) {
      if (!isMissing(cause)) throw cause;
      await this.requireThere();
    }
  }

  /** Also finds what a crashed write left behind: it is staged the same way. */
  async *list(before: Date): AsyncGenerator<UploadState> {
    for await (const entry of await opendir(this.#root)) {
      if (!TOKEN.test(entry.name)) continue;
      const stats = await stat(join(this.#root, entry.name)).catch(missingAsUndefined);
      if (stats && stats.mtime < before) yield { token: entry.name, offset: stats.size };
    }
  }

  /** A volume that isn't mounted looks like an empty store, and must not be taken for one. */
  async requireThere(): Promise<void> {
    try {
      await access(this.#root);
    } catch (cause) {
      throw new StorageUnavailableError('the storage folder is missing', { cause });
    }
  }

  async #cutOff(path: string, size: number): Promise<void> {
    const handle = await open(path, 'r+');
    try {
      await handle.truncate(size);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async #openExisting(path: string, flags: 'r' | 'r+'): Promise<FileHandle> {
    try {
      return await open(path, flags);
    } catch (cause) {
      if (!isMissing(cause)) throw cause;
      await this.requireThere();
      throw new UploadNotFoundError('no such upload', { cause });
    }
  }
}

function newToken(): string {
  return randomBytes(16).toString('hex');
}

function missingAsUndefined(cause: unknown): undefined {
  if (!isMissing(cause)) throw cause;
}

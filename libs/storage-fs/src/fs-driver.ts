import { join, resolve } from 'node:path';
import { addAbortSignal, type Readable, type Writable } from 'node:stream';
import {
  type AppendOptions,
  type CallOptions,
  type DeleteFailure,
  type ObjectKey,
  ObjectNotFoundError,
  type ObjectStat,
  type ReadOptions,
  type StorageDriver,
  StorageUnavailableError,
  UploadInterruptedError,
  type UploadState,
} from '@stowage/storage';
import { appendSource } from './append-source.js';
import { BLOCK_BYTES } from './block-pool.js';
import { FileRange } from './file-range.js';
import { onDisk, onDiskEach } from './fs-errors.js';
import { listObjects } from './list-objects.js';
import { ObjectTree, STAGING_NAME } from './object-tree.js';
import { type OpenObject, openObject } from './open-object.js';
import { makeDurableFolder } from './make-durable-folder.js';
import { publishUpload } from './publish-upload.js';
import { ReadBack } from './read-back.js';
import { readPart } from './read-part.js';
import { sendFile } from './send-file.js';
import { StagedFile } from './staged-file.js';
import { Staging } from './staging.js';

export interface FsDriverOptions {
  /** The folder of the store. One volume: staged files are renamed into place. */
  readonly root: string;
  /** Read what was pushed back into the page cache while nothing else goes on (ADR 0001). */
  readonly readsBack?: boolean;
}

/**
 * Keeps objects in a folder:
 *
 *   <root>/blobs/…            published objects, the key is the path
 *   <root>/uploads/<token>    staged bytes of uploads and of unfinished writes
 *
 * Several processes may share the folder.
 */
export class FsDriver implements StorageDriver {
  readonly name = 'fs';
  readonly minAppendBytes: number | undefined = undefined;
  readonly #root: string;
  readonly #objects: ObjectTree;
  readonly #staging: Staging;
  readonly #readBack: ReadBack<ObjectKey> | undefined;

  /** Touches nothing; `prepare` does. */
  constructor(options: FsDriverOptions) {
    this.#root = resolve(options.root);
    this.#objects = new ObjectTree(this.#root);
    this.#staging = new Staging(join(this.#root, STAGING_NAME));
    this.#readBack = options.readsBack ? new ReadBack((key, from) => readPart(this.#objects, key, from)) : undefined;
  }

  /** Makes the folders where they are missing. Throws StorageUnavailableError when the root can't be written to. */
  async prepare(): Promise<void> {
    try {
      await makeDurableFolder(join(this.#root, STAGING_NAME));
      await this.checkHealth();
    } catch (cause) {
      throw new StorageUnavailableError(`the storage folder ${this.#root} can't be used`, { cause });
    }
  }

  async checkHealth(options?: CallOptions): Promise<void> {
    options?.signal?.throwIfAborted();
    await onDisk(() => this.#staging.probe());
  }

  stat(key: ObjectKey, options?: CallOptions): Promise<ObjectStat> {
    return onDisk(async () => {
      options?.signal?.throwIfAborted();
      return (await this.#objects.stat(key)) ?? this.#objectMissing(key);
    });
  }

  async read(key: ObjectKey, options?: ReadOptions): Promise<Readable> {
    return abortable(new FileRange(await this.#open(key, options)), options);
  }

  async sendTo(key: ObjectKey, sink: Writable, options?: ReadOptions): Promise<number> {
    return this.#transfer(async () => {
      const object = await this.#open(key, options);
      const direct = this.#readBack?.isOutside(key) ? await this.#objects.openDirect(key) : undefined;
      try {
        return await sendFile({ ...object, direct }, sink, options?.signal);
      } finally {
        await direct?.close();
        await object.handle.close();
      }
    });
  }

  async write(key: ObjectKey, source: Readable, options?: CallOptions): Promise<ObjectStat> {
    const begun = await this.beginUpload(options);
    try {
      return await this.commitUpload(await this.appendUpload(begun, source, options), key);
    } catch (cause) {
      throw cause instanceof UploadInterruptedError ? cause.cause : cause;
    } finally {
      // @NOTE what can't be removed now is listed as an upload and goes with the next sweep.
      await this.abortUpload(begun).catch(() => {});
    }
  }

  delete(key: ObjectKey, options?: CallOptions): Promise<void> {
    return onDisk(async () => {
      options?.signal?.throwIfAborted();
      if (!(await this.#objects.remove(key))) await this.#staging.requireThere();
    });
  }

  deleteMany(keys: readonly ObjectKey[], options?: CallOptions): Promise<readonly DeleteFailure[]> {
    return onDisk(async () => {
      options?.signal?.throwIfAborted();
      const { removed, failures } = await this.#objects.removeMany(keys);
      if (keys.length > 0 && removed === 0) await this.#staging.requireThere();
      return failures;
    });
  }

  async *list(prefix: string, options?: CallOptions): AsyncIterable<ObjectStat> {
    options?.signal?.throwIfAborted();
    for await (const stat of onDiskEach(listObjects({ root: this.#root, prefix, objects: this.#objects }))) {
      yield stat;
      options?.signal?.throwIfAborted();
    }
  }

  beginUpload(options?: CallOptions): Promise<UploadState> {
    return onDisk(async () => {
      options?.signal?.throwIfAborted();
      return this.#staging.begin();
    });
  }

  appendUpload(state: UploadState, source: Readable, options?: AppendOptions): Promise<UploadState> {
    return this.#transfer(() => this.#append(state, source, options));
  }

  async #append(state: UploadState, source: Readable, options?: AppendOptions): Promise<UploadState> {
    const handle = await onDisk(() => this.#staging.open(state, 'r+'));
    const file = new StagedFile(this.#staging.pathOf(state), handle);
    try {
      const { offset, interruption } = await appendSource(file, source, { offset: state.offset, options });
      const reached = { token: state.token, offset };
      if (interruption) throw new UploadInterruptedError(reached, interruption);
      return reached;
    } finally {
      await file.close();
    }
  }

  forkUpload(state: UploadState): Promise<UploadState> {
    return onDisk(() => this.#staging.fork(state));
  }

  async readUpload(state: UploadState, options?: CallOptions): Promise<Readable> {
    options?.signal?.throwIfAborted();
    const handle = await onDisk(() => this.#staging.open(state, 'r'));
    return abortable(new FileRange({ handle, first: 0, end: state.offset }), options);
  }

  commitUpload(state: UploadState, key: ObjectKey): Promise<ObjectStat> {
    return onDisk(async () => {
      const published = await publishUpload({ staging: this.#staging, objects: this.#objects }, state, key);
      if (published.size >= BLOCK_BYTES) this.#readBack?.add(key); // smaller ones never left the cache
      return published;
    });
  }

  abortUpload(state: UploadState): Promise<void> {
    return onDisk(() => this.#staging.remove(state));
  }

  listUploads(before: Date): AsyncIterable<UploadState> {
    return onDiskEach(this.#staging.list(before));
  }

  /** A local disk has no URLs. */
  async presignRead(): Promise<undefined> {}

  #transfer<T>(run: () => Promise<T>): Promise<T> {
    return this.#readBack ? this.#readBack.during(run) : run();
  }

  async #open(key: ObjectKey, options: ReadOptions | undefined): Promise<OpenObject> {
    options?.signal?.throwIfAborted();
    const handle = await onDisk(async () => (await this.#objects.open(key)) ?? this.#objectMissing(key));
    return openObject(handle, options?.range);
  }

  async #objectMissing(key: ObjectKey): Promise<never> {
    await this.#staging.requireThere();
    throw new ObjectNotFoundError(`no object ${key}`);
  }
}

function abortable(stream: Readable, options: CallOptions | undefined): Readable {
  return options?.signal ? addAbortSignal(options.signal, stream) : stream;
}

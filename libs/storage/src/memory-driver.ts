import { randomUUID } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { collect, readable, slices, within } from './memory-bytes.js';
import type { ObjectKey } from './object-keys.js';
import { SinkWriter } from './sink-writer.js';
import type {
  CallOptions,
  DeleteFailure,
  ObjectStat,
  ReadOptions,
  StorageDriver,
  UploadState,
} from './storage-driver.js';
import {
  ObjectNotFoundError,
  StorageUnavailableError,
  UploadInterruptedError,
  UploadNotFoundError,
} from './storage-errors.js';

interface Stored {
  readonly bytes: Buffer;
  readonly modifiedAt: Date;
  /** The upload that published it, which may be told twice that it did. */
  readonly token?: string;
}

/** The contract without a disk: for tests of whatever stands on a driver. */
export class MemoryDriver implements StorageDriver {
  readonly name = 'memory';
  readonly minAppendBytes: number | undefined = undefined;
  /** False simulates an outage: every call rejects with `StorageUnavailableError`. */
  available = true;
  readonly #objects = new Map<ObjectKey, Stored>();
  readonly #uploads = new Map<string, Stored>();

  async checkHealth(options?: CallOptions): Promise<void> {
    this.#enter(options);
  }

  async stat(key: ObjectKey, options?: CallOptions): Promise<ObjectStat> {
    this.#enter(options);
    return describe(key, this.#get(key));
  }

  async read(key: ObjectKey, options?: ReadOptions): Promise<Readable> {
    this.#enter(options);
    return readable(within(this.#get(key).bytes, options), options);
  }

  async sendTo(key: ObjectKey, sink: Writable, options?: ReadOptions): Promise<number> {
    this.#enter(options);
    const bytes = within(this.#get(key).bytes, options);
    const writer = new SinkWriter(sink, options?.signal);
    try {
      for (const slice of slices(bytes)) await writer.write(slice);
    } finally {
      writer.release();
    }
    return bytes.length;
  }

  async write(key: ObjectKey, source: Readable, options?: CallOptions): Promise<ObjectStat> {
    this.#enter(options);
    const { bytes, interruption } = await collect(source, options?.signal);
    if (interruption) throw interruption.cause;
    this.#enter();
    return this.#publish(key, { bytes, modifiedAt: new Date() });
  }

  async delete(key: ObjectKey, options?: CallOptions): Promise<void> {
    this.#enter(options);
    this.#objects.delete(key);
  }

  async deleteMany(keys: readonly ObjectKey[], options?: CallOptions): Promise<readonly DeleteFailure[]> {
    this.#enter(options);
    for (const key of keys) this.#objects.delete(key);
    return [];
  }

  async *list(prefix: string, options?: CallOptions): AsyncIterable<ObjectStat> {
    this.#enter(options);
    // Keys are ASCII, so that the order of UTF-16 units, which sort() goes by, is the order of bytes.
    for (const key of [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).toSorted()) {
      this.#enter(options);
      const stored = this.#objects.get(key);
      if (stored) yield describe(key, stored);
    }
  }

  async beginUpload(options?: CallOptions): Promise<UploadState> {
    this.#enter(options);
    const token = randomUUID();
    this.#uploads.set(token, { bytes: Buffer.alloc(0), modifiedAt: new Date() });
    return { token, offset: 0 };
  }

  async appendUpload(state: UploadState, source: Readable, options?: CallOptions): Promise<UploadState> {
    this.#enter();
    this.#staged(state);
    const { bytes, interruption } = await collect(source, options?.signal);
    this.#enter();
    const staged = Buffer.concat([this.#staged(state), bytes]);
    this.#uploads.set(state.token, { bytes: staged, modifiedAt: new Date() });
    const reached = { token: state.token, offset: staged.length };
    if (interruption) throw new UploadInterruptedError(reached, interruption);
    return reached;
  }

  async forkUpload(state: UploadState): Promise<UploadState> {
    this.#enter();
    const fork = { token: randomUUID(), offset: state.offset };
    this.#uploads.set(fork.token, { bytes: this.#staged(state), modifiedAt: new Date() });
    return fork;
  }

  async readUpload(state: UploadState, options?: CallOptions): Promise<Readable> {
    this.#enter(options);
    return readable(this.#staged(state), options);
  }

  async commitUpload(state: UploadState, key: ObjectKey): Promise<ObjectStat> {
    this.#enter();
    const published = this.#objects.get(key);
    if (published?.token === state.token && published.bytes.length === state.offset) return describe(key, published);
    const stored = { bytes: this.#staged(state), modifiedAt: new Date(), token: state.token };
    return this.#publish(key, stored);
  }

  async abortUpload(state: UploadState): Promise<void> {
    this.#enter();
    this.#uploads.delete(state.token);
  }

  async *listUploads(before: Date): AsyncIterable<UploadState> {
    this.#enter();
    for (const [token, staged] of this.#uploads) {
      if (staged.modifiedAt < before) yield { token, offset: staged.bytes.length };
    }
  }

  async presignRead(): Promise<URL | undefined> {
    this.#enter();
    return undefined;
  }

  #enter(options?: CallOptions): void {
    options?.signal?.throwIfAborted();
    if (!this.available) throw new StorageUnavailableError('the memory driver is set to be unavailable');
  }

  #get(key: ObjectKey): Stored {
    const stored = this.#objects.get(key);
    if (!stored) throw new ObjectNotFoundError(`no object ${key}`);
    return stored;
  }

  #staged(state: UploadState): Buffer {
    const staged = this.#uploads.get(state.token)?.bytes;
    if (!staged || staged.length < state.offset) throw new UploadNotFoundError('no such upload');
    return staged.subarray(0, state.offset);
  }

  #publish(key: ObjectKey, stored: Stored): ObjectStat {
    this.#objects.set(key, stored);
    return describe(key, stored);
  }
}

function describe(key: ObjectKey, stored: Stored): ObjectStat {
  return { key, size: stored.bytes.length, modifiedAt: stored.modifiedAt };
}

import type { Readable, Writable } from 'node:stream';
import type { ByteRange } from '@stowage/oci';
import type { ObjectKey } from './object-keys.js';

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface ReadOptions extends CallOptions {
  /** Both ends inclusive and inside the object; the whole object when absent. */
  readonly range?: ByteRange;
}

export interface AppendOptions extends CallOptions {
  /**
   * Nobody else holds the chunks of the source, as is true of a request body: the driver may free their memory as soon as
   * it has stored them. Whoever says so must not touch a chunk that went in, and must not have made it from longer-lived memory.
   */
  readonly disposableChunks?: boolean;
}

export interface ObjectStat {
  readonly key: ObjectKey;
  readonly size: number;
  readonly modifiedAt: Date;
}

/** An object that was to be deleted and may still be there. */
export interface DeleteFailure {
  readonly key: ObjectKey;
  readonly cause: unknown;
}

/**
 * What a driver has to remember of an upload between two calls. The caller keeps it, as JSON, in the
 * row of the upload session, so that any process may continue; only the driver reads `token`.
 */
export interface UploadState {
  readonly token: string;
  /** Bytes that are durable. */
  readonly offset: number;
}

/**
 * Where the bytes are kept. Every method throws `StorageUnavailableError` when the backend can't be reached, is full
 * or refuses; that is never reported as something missing.
 *
 * A source is read and, when `signal` aborts, destroyed; otherwise its owner drains or destroys it, also after a failure.
 * One upload has one writer at a time: the caller's lease on the session sees to that. Who takes over from a writer that
 * went silent forks the upload first, because that writer may still be there and wake up.
 */
export interface StorageDriver {
  readonly name: string;
  /** Shorter appends, but for the last one, are taken and cost more, because their bytes move again. Undefined: any size is as good. */
  readonly minAppendBytes: number | undefined;

  /** Resolves when objects can be written and read just now. */
  checkHealth(options?: CallOptions): Promise<void>;
  /** Size and modification time. Throws `ObjectNotFoundError`. */
  stat(key: ObjectKey, options?: CallOptions): Promise<ObjectStat>;
  /** Rejects before a stream is returned when the object is missing (`ObjectNotFoundError`). */
  read(key: ObjectKey, options?: ReadOptions): Promise<Readable>;
  /**
   * Writes the object's bytes to `sink` with backpressure and bounded memory, without ending it; resolves
   * with the number of bytes written. Nothing has been written when it rejects with `ObjectNotFoundError`.
   * Rejects with the sink's own error when the sink fails or closes, and with `StorageUnavailableError` when the object
   * ends before the range does: whoever knows the size passes the whole range, so that a truncated object can't pass
   * for a complete one. After a rejection the sink is the caller's to destroy.
   */
  sendTo(key: ObjectKey, sink: Writable, options?: ReadOptions): Promise<number>;
  /**
   * All or nothing: a reader never sees part of an object. Replaces an existing one. Durable when it resolves.
   * Rejects with the source's own error when the source fails.
   */
  write(key: ObjectKey, source: Readable, options?: CallOptions): Promise<ObjectStat>;
  /** Idempotent. */
  delete(key: ObjectKey, options?: CallOptions): Promise<void>;
  /**
   * Deletes them all, in as few steps as the backend lets, and stops between two steps when `signal` aborts. Idempotent.
   * Resolves with those that may still be there; rejects only when the backend can't be reached for any of them, or when aborted.
   */
  deleteMany(keys: readonly ObjectKey[], options?: CallOptions): Promise<readonly DeleteFailure[]>;
  /** Every object under the prefix, in byte order of the keys; temporary objects are not listed. */
  list(prefix: string, options?: CallOptions): AsyncIterable<ObjectStat>;

  /** Opens an upload with nothing in it. */
  beginUpload(options?: CallOptions): Promise<UploadState>;
  /**
   * Appends at `state.offset`, discarding anything staged after it, and returns the new state; what that state
   * names is durable. When the source fails or `signal` aborts, rejects with `UploadInterruptedError`, whose `state` is what is durable.
   * Throws `UploadNotFoundError`.
   */
  appendUpload(state: UploadState, source: Readable, options?: AppendOptions): Promise<UploadState>;
  /**
   * A new upload that begins with the bytes before `state.offset`, durable when it resolves. Nothing that a writer does
   * who still has the old upload, now or later, shows in it. The old one is there until it is aborted, but perhaps can't
   * be appended to any more. Throws `UploadNotFoundError`.
   */
  forkUpload(state: UploadState): Promise<UploadState>;
  /** Reads back the bytes before `state.offset`. Throws `UploadNotFoundError`. */
  readUpload(state: UploadState, options?: CallOptions): Promise<Readable>;
  /**
   * Publishes exactly the bytes before `state.offset` under `key`; atomic and durable when it resolves. The upload stays
   * until it is aborted: who dies before the object is recorded can publish it again, also under another key. Resolves
   * as well when the same upload was already published there. Throws `UploadNotFoundError`.
   */
  commitUpload(state: UploadState, key: ObjectKey): Promise<ObjectStat>;
  /** Idempotent; frees temporary space. */
  abortUpload(state: UploadState): Promise<void>;
  /** Uploads with staged bytes that were last touched before the given time. */
  listUploads(before: Date): AsyncIterable<UploadState>;

  /** A URL that reads the object without credentials for `expiresInSeconds`; undefined where there is no such thing. */
  presignRead(key: ObjectKey, options: { readonly expiresInSeconds: number }): Promise<URL | undefined>;
}

import type { Readable, Writable } from 'node:stream';
import { addAbortSignal } from 'node:stream';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import {
  abortReason,
  type AppendOptions,
  type CallOptions,
  type DeleteFailure,
  type ObjectKey,
  type ObjectStat,
  type ReadOptions,
  type StorageDriver,
  StorageUnavailableError,
  type UploadState,
} from '@stowage/storage';
import { appendUpload } from './append-upload.js';
import { forkUpload } from './fork-upload.js';
import { Bucket, type StoredObject } from './bucket.js';
import { BatchRemoval } from './batch-removal.js';
import { objectsUnder } from './bucket-lists.js';
import { checkHealth } from './check-health.js';
import { findMark } from './marks.js';
import { ObjectBody } from './object-body.js';
import { PartBuffers } from './part-buffers.js';
import { SMALLEST_PART } from './part-sizes.js';
import { publishUpload } from './publish-upload.js';
import { onService } from './s3-errors.js';
import { createClient, type S3DriverOptions } from './s3-client.js';
import { sealParts } from './seal-parts.js';
import { sendObject } from './send-object.js';
import { ServerCopy } from './server-copy.js';
import { Staging } from './staging.js';
import { isObjectPath, objectPath } from './staging-paths.js';
import { writeObject } from './write-object.js';

/**
 * Keeps objects in a bucket of an S3 service:
 *
 *   <prefix>/blobs/…       published objects, by their keys
 *   <prefix>/uploads/…     staged bytes of uploads; see `Staging`
 *
 * Several processes may share the bucket.
 */
export class S3Driver implements StorageDriver {
  readonly name = 's3';
  readonly minAppendBytes = SMALLEST_PART;
  readonly #bucket: Bucket;
  readonly #staging: Staging;
  readonly #copies: ServerCopy;
  readonly #removal: BatchRemoval;
  readonly #buffers = new PartBuffers();
  /** Signs for where clients reach the service. */
  readonly #signer: S3Client;

  /** Sends nothing. Throws TypeError for a prefix that can't be one. */
  constructor(options: S3DriverOptions) {
    this.#bucket = new Bucket(createClient(options, options.endpoint), options.bucket, folder(options.prefix));
    this.#signer = createClient(options, options.publicEndpoint ?? options.endpoint);
    this.#staging = new Staging(this.#bucket);
    this.#copies = new ServerCopy(this.#bucket);
    this.#removal = new BatchRemoval(this.#bucket);
  }

  checkHealth(options?: CallOptions): Promise<void> {
    return checkHealth(this.#bucket, options?.signal);
  }

  async stat(key: ObjectKey, options?: CallOptions): Promise<ObjectStat> {
    return describe(key, await this.#bucket.head(objectPath(key), options?.signal));
  }

  async read(key: ObjectKey, options?: ReadOptions): Promise<Readable> {
    return this.#open(objectPath(key), options);
  }

  async sendTo(key: ObjectKey, sink: Writable, options?: ReadOptions): Promise<number> {
    return sendObject(await this.#open(objectPath(key), options), sink, options?.signal);
  }

  async write(key: ObjectKey, source: Readable, options?: CallOptions): Promise<ObjectStat> {
    await writeObject({ bucket: this.#bucket, buffers: this.#buffers, path: objectPath(key) }, source, options);
    return this.stat(key);
  }

  async delete(key: ObjectKey, options?: CallOptions): Promise<void> {
    await this.#bucket.remove(objectPath(key), options?.signal);
  }

  deleteMany(keys: readonly ObjectKey[], options?: CallOptions): Promise<readonly DeleteFailure[]> {
    return this.#removal.remove(keys, options?.signal);
  }

  async *list(prefix: string, options?: CallOptions): AsyncIterable<ObjectStat> {
    for await (const { path, size, modifiedAt } of objectsUnder(this.#bucket, prefix, options?.signal)) {
      if (isObjectPath(path)) yield { key: path as ObjectKey, size, modifiedAt };
      if (options?.signal?.aborted) throw abortReason(options.signal);
    }
  }

  beginUpload(options?: CallOptions): Promise<UploadState> {
    return this.#staging.begin(options);
  }

  appendUpload(state: UploadState, source: Readable, options?: AppendOptions): Promise<UploadState> {
    return appendUpload({ bucket: this.#bucket, buffers: this.#buffers, state }, source, options);
  }

  forkUpload(state: UploadState): Promise<UploadState> {
    return forkUpload(this.#bucket, state);
  }

  async readUpload(state: UploadState, options?: CallOptions): Promise<Readable> {
    return this.#open(await sealParts(this.#bucket, await findMark(this.#bucket, state)), options);
  }

  async commitUpload(state: UploadState, key: ObjectKey): Promise<ObjectStat> {
    const places = { bucket: this.#bucket, copies: this.#copies };
    return describe(key, await publishUpload(places, state, key));
  }

  abortUpload(state: UploadState): Promise<void> {
    return this.#staging.remove(state);
  }

  listUploads(before: Date): AsyncIterable<UploadState> {
    return this.#staging.list(before);
  }

  async presignRead(key: ObjectKey, options: { readonly expiresInSeconds: number }): Promise<URL> {
    const command = new GetObjectCommand(this.#bucket.target(objectPath(key)));
    const expiresIn = options.expiresInSeconds;
    return new URL(await onService(key, undefined, () => getSignedUrl(this.#signer, command, { expiresIn })));
  }

  async #open(path: string, { range, signal }: ReadOptions = {}): Promise<Readable> {
    const { body, size } = await this.#bucket.get(path, { range, signal });
    const expected = range ? range.last + 1 - range.first : size;
    if (size !== expected) {
      body.destroy();
      throw new StorageUnavailableError('the object ends before the range does');
    }
    const stream = new ObjectBody(body, expected);
    return signal ? addAbortSignal(signal, stream) : stream;
  }
}

function describe(key: ObjectKey, { size, modifiedAt }: StoredObject): ObjectStat {
  return { key, size, modifiedAt };
}

function folder(prefix: string | undefined): string {
  if (prefix === undefined || prefix === '') return '';
  if (!/^[a-z0-9]+(?:[/._-][a-z0-9]+)*\/?$/.test(prefix)) throw new TypeError('not a prefix for object keys');
  return prefix.endsWith('/') ? prefix : `${prefix}/`;
}

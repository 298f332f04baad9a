import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompletedPart,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  type ListPartsCommandOutput,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { ByteRange } from '@stowage/oci';
import { ObjectNotFoundError, StorageUnavailableError, UploadNotFoundError } from '@stowage/storage';
import { type Bucket, CONTENT_TYPE } from './bucket.js';
import { onService } from './s3-errors.js';

/** Sending takes as long as the bytes do, on top of the wait for the answer. */
const SLOWEST_BYTES_PER_MS = 250;
const ANSWER_MS = 60_000;
/** The service moves the bytes itself, and may answer only when it is done. */
const COPY_MS = 10 * 60_000;

/** One multipart upload of S3. Calls reject with UploadNotFoundError when it was completed or aborted. */
export class Multipart {
  readonly #bucket: Bucket;
  readonly path: string;
  readonly id: string;

  constructor(bucket: Bucket, path: string, id: string) {
    this.#bucket = bucket;
    this.path = path;
    this.id = id;
  }

  static async create(bucket: Bucket, path: string): Promise<Multipart> {
    const command = new CreateMultipartUploadCommand({ ...bucket.target(path), ContentType: CONTENT_TYPE });
    const { UploadId } = await onService(path, undefined, () => bucket.client.send(command));
    if (UploadId === undefined) throw new StorageUnavailableError('the S3 service gave no id to an upload');
    return new Multipart(bucket, path, UploadId);
  }

  async upload(number: number, bytes: Uint8Array): Promise<string> {
    const body = { PartNumber: number, Body: bytes, ContentLength: bytes.length };
    const command = new UploadPartCommand({ ...this.#target, ...body });
    const requestTimeout = ANSWER_MS + bytes.length / SLOWEST_BYTES_PER_MS;
    const { ETag } = await this.#run(() => this.#bucket.client.send(command, { requestTimeout }));
    return required(ETag);
  }

  /** Makes a part of an object, or of a range of it, without a byte passing through here. */
  async copy(number: number, from: string, range?: ByteRange): Promise<string> {
    const bytes = range ? { CopySourceRange: `bytes=${range.first}-${range.last}` } : {};
    const source = { PartNumber: number, CopySource: this.#bucket.source(from), ...bytes };
    const command = new UploadPartCopyCommand({ ...this.#target, ...source });
    const answer = await this.#run(() => this.#bucket.client.send(command, { requestTimeout: COPY_MS }));
    return required(answer.CopyPartResult?.ETag);
  }

  /** The entity tags of the parts, as far as they follow each other. */
  async list(): Promise<string[]> {
    const tags: string[] = [];
    let after: string | undefined;
    do {
      const page = await this.#page(after);
      for (const part of page.Parts ?? []) if (part.PartNumber === tags.length + 1) tags.push(required(part.ETag));
      after = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    } while (after !== undefined);
    return tags;
  }

  /** Resolves while parts can be added. */
  async requireOpen(): Promise<void> {
    await this.#page(undefined, 1);
  }

  /** Makes one object of the parts with these entity tags, numbered from 1: all that there are. Ceph refuses to drop any. */
  async complete(tags: readonly string[], options: { readonly ifAbsent?: boolean } = {}): Promise<void> {
    const Parts: CompletedPart[] = tags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
    const complete = (condition: object) => {
      const command = new CompleteMultipartUploadCommand({ ...this.#target, ...condition, MultipartUpload: { Parts } });
      return this.#run(() => this.#bucket.client.send(command, { requestTimeout: COPY_MS }));
    };
    await (options.ifAbsent === true ? this.#bucket.ifAbsent(complete) : complete({}));
  }

  /** Idempotent. */
  async abort(): Promise<void> {
    const command = new AbortMultipartUploadCommand(this.#target);
    await this.#run(() => this.#bucket.client.send(command)).catch((error: unknown) => {
      if (!(error instanceof UploadNotFoundError)) throw error;
    });
  }

  #page(after: string | undefined, most?: number): Promise<ListPartsCommandOutput> {
    const position = after === undefined ? {} : { PartNumberMarker: after };
    const limit = most === undefined ? {} : { MaxParts: most };
    return this.#run(() => this.#bucket.client.send(new ListPartsCommand({ ...this.#target, ...position, ...limit })));
  }

  get #target() {
    return { ...this.#bucket.target(this.path), UploadId: this.id };
  }

  async #run<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await onService(this.path, undefined, call);
    } catch (cause) {
      // Ceph says NoSuchKey of an upload that is gone; of the source of a copy, it means the same to whoever asks.
      throw cause instanceof ObjectNotFoundError ? new UploadNotFoundError('no such upload', { cause }) : cause;
    }
  }
}

function required(tag: string | undefined): string {
  if (tag === undefined) throw new StorageUnavailableError('the S3 service gave no entity tag to a part');
  return tag.replaceAll('"', ''); // some services quote it in one answer and not in another
}

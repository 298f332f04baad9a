import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ByteRange } from '@stowage/oci';
import { ObjectNotFoundError } from '@stowage/storage';
import { ObjectBody } from './object-body.js';
import { isNotImplemented, onService } from './s3-errors.js';

export const CONTENT_TYPE = 'application/octet-stream';

/** What a test for "not there yet" adds to a request; nothing where the service has no such thing. */
export type Condition = { readonly IfNoneMatch?: '*' };

export interface StoredObject {
  readonly size: number;
  readonly modifiedAt: Date;
  /** What was written beside the bytes. */
  readonly note: string | undefined;
}

interface GetOptions {
  readonly range?: ByteRange | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface PutOptions {
  /** Kept beside the bytes: at most 2 KB of ASCII. */
  readonly note?: string;
  readonly signal?: AbortSignal | undefined;
}

/** The calls for single objects, by their path below the prefix. Rejects with errors of `@stowage/storage` only. */
export class Bucket {
  readonly client: S3Client;
  readonly name: string;
  readonly #prefix: string;
  #hasConditions = true;

  constructor(client: S3Client, name: string, prefix: string) {
    this.client = client;
    this.name = name;
    this.#prefix = prefix;
  }

  /** How S3 calls it. */
  target(path: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.name, Key: this.#prefix + path };
  }

  pathOf(key: string): string {
    return key.slice(this.#prefix.length);
  }

  /** For the source of a copy, which is a header. Bucket names, prefixes and paths have nothing that needs quoting. */
  source(path: string): string {
    return `${this.name}/${this.#prefix}${path}`;
  }

  /** Throws ObjectNotFoundError. */
  async head(path: string, signal?: AbortSignal): Promise<StoredObject> {
    try {
      const command = new HeadObjectCommand(this.target(path));
      return describe(await onService(path, signal, () => this.client.send(command, sending(signal))));
    } catch (cause) {
      // The answer to HEAD has no body, so that a bucket that is gone looks like a missing object.
      if (cause instanceof ObjectNotFoundError) await this.requireThere();
      throw cause;
    }
  }

  async find(path: string): Promise<StoredObject | undefined> {
    return this.head(path).catch((error: unknown) => {
      if (error instanceof ObjectNotFoundError) return undefined;
      throw error;
    });
  }

  /** Throws ObjectNotFoundError before there is a body. `size` is that of the body. */
  async get(
    path: string,
    { range, signal }: GetOptions = {},
  ): Promise<StoredObject & { readonly body: IncomingMessage }> {
    const bytes = range ? { Range: `bytes=${range.first}-${range.last}` } : {};
    const command = new GetObjectCommand({ ...this.target(path), ...bytes });
    const answer = await onService(path, signal, () => this.client.send(command, sending(signal)));
    return { ...describe(answer), body: answer.Body as IncomingMessage };
  }

  /** A small object as a whole. */
  async bytes(path: string, signal?: AbortSignal): Promise<StoredObject & { readonly bytes: Buffer }> {
    const { body, ...stored } = await this.get(path, { signal });
    const bytes = await buffer(new ObjectBody(body, stored.size));
    return { ...stored, bytes };
  }

  async put(path: string, bytes: Uint8Array, { note, signal }: PutOptions = {}): Promise<void> {
    const command = new PutObjectCommand({
      ...this.target(path),
      Body: bytes,
      ContentLength: bytes.length,
      ContentType: CONTENT_TYPE,
      ...(note === undefined ? {} : { Metadata: { [NOTE]: note } }),
    });
    await onService(path, signal, () => this.client.send(command, sending(signal)));
  }

  /** Idempotent. */
  async remove(path: string, signal?: AbortSignal): Promise<void> {
    const command = new DeleteObjectCommand(this.target(path));
    await onService(path, signal, () => this.client.send(command, sending(signal)));
  }

  /** Runs a write that must not replace anything: rejects with ObjectExistsError where the service can tell. */
  async ifAbsent<T>(write: (condition: Condition) => Promise<T>): Promise<T> {
    if (!this.#hasConditions) return write({});
    try {
      return await write({ IfNoneMatch: '*' });
    } catch (cause) {
      if (!isNotImplemented(cause)) throw cause;
      this.#hasConditions = false;
      return write({});
    }
  }

  async requireThere(): Promise<void> {
    const command = new HeadBucketCommand({ Bucket: this.name });
    const gone = () => Object.assign(new Error(`no bucket ${this.name}`), { name: 'NoSuchBucket' });
    await onService(this.name, undefined, () =>
      this.client.send(command).catch((cause: Error) => {
        throw cause.name === 'NotFound' ? gone() : cause;
      }),
    );
  }
}

interface Answer {
  readonly ContentLength?: number | undefined;
  readonly LastModified?: Date | undefined;
  readonly Metadata?: Record<string, string> | undefined;
}

const NOTE = 'stowage';

function describe({ ContentLength, LastModified, Metadata }: Answer): StoredObject {
  return { size: ContentLength ?? 0, modifiedAt: LastModified ?? new Date(0), note: Metadata?.[NOTE] };
}

export function sending(signal: AbortSignal | undefined): { readonly abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}

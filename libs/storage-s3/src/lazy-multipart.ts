import type { Bucket } from './bucket.js';
import { Multipart } from './multipart.js';
import type { PartTarget } from './part-writer.js';

/** A multipart upload that begins with its first part: most uploads are too small to need one. */
export class LazyMultipart implements PartTarget {
  readonly #bucket: Bucket;
  readonly #path: string;
  #begun: Promise<Multipart> | undefined;

  constructor(bucket: Bucket, path: string) {
    this.#bucket = bucket;
    this.#path = path;
  }

  begin(): Promise<Multipart> {
    this.#begun ??= Multipart.create(this.#bucket, this.#path);
    return this.#begun;
  }

  async upload(number: number, bytes: Uint8Array): Promise<string> {
    return (await this.begin()).upload(number, bytes);
  }

  /** Frees what was begun. Only when no part is on its way any more: S3 may keep one that arrives later. */
  async abort(): Promise<void> {
    const begun = await this.#begun?.catch(() => undefined);
    await begun?.abort();
  }
}

import type { Writable } from 'node:stream';
import type { Actor, BlobRecord, RepositoryRecord } from '@stowage/metadata';
import { type ByteRange, type Digest, namespaceOf, OciError, type RepositoryName } from '@stowage/oci';
import { blobKey, ObjectNotFoundError } from '@stowage/storage';
import type { DistributionDependencies } from './dependencies.js';
import { translateLayerLimit } from './layer-limit.js';
import { translateQuota } from './quota-errors.js';

/** A right that was taken away ends with the URLs that it gave. */
const DIRECT_URL_SECONDS = 300;

/** distribution-spec, "Pulling blobs", "Mounting a blob" and "Deleting blobs". */
export class Blobs {
  constructor(private readonly deps: DistributionDependencies) {}

  /** Throws BLOB_UNKNOWN, also for a blob that only other repositories have. */
  async get(name: RepositoryName, digest: Digest): Promise<BlobRecord> {
    const blob = await this.deps.blobs.findInRepository(name, digest);
    if (!blob) throw unknownBlob(digest);
    return blob;
  }

  /** As `get`, for a client that will rely on it in a push: the blob stays for the review delay, whatever else happens. */
  async getForPush(name: RepositoryName, digest: Digest): Promise<BlobRecord> {
    await this.deps.postponement.blob(name, digest);
    return this.get(name, digest);
  }

  /** Writes the bytes to `sink`. Throws BLOB_UNKNOWN before the first byte when storage has lost them all. */
  async send(
    blob: BlobRecord,
    sink: Writable,
    options: { range?: ByteRange; signal?: AbortSignal } = {},
  ): Promise<number> {
    // The whole range, not none: storage then says when the object has become shorter than its row.
    const whole = blob.size > 0 ? { range: { first: 0, last: blob.size - 1 } } : {};
    try {
      return await this.deps.storage.sendTo(blobKey(blob.digest, blob.generation), sink, { ...whole, ...options });
    } catch (error) {
      throw this.#translateLost(error, blob.digest);
    }
  }

  /** Where the bytes can be had without asking us, for a while; undefined where storage has no such thing. */
  async directUrl(blob: BlobRecord): Promise<URL | undefined> {
    return this.deps.storage.presignRead(blobKey(blob.digest, blob.generation), {
      expiresInSeconds: DIRECT_URL_SECONDS,
    });
  }

  /** The whole of a small blob, such as an image's config; undefined when it is larger than `maxBytes`. Throws BLOB_UNKNOWN. */
  async readSmall(name: RepositoryName, digest: Digest, maxBytes: number): Promise<Uint8Array | undefined> {
    const blob = await this.get(name, digest);
    if (blob.size > maxBytes) return undefined;
    return this.#read(blob);
  }

  async #read({ digest, generation }: BlobRecord): Promise<Uint8Array> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of await this.deps.storage.read(blobKey(digest, generation))) chunks.push(chunk as Buffer);
    } catch (error) {
      throw this.#translateLost(error, digest);
    }
    return Buffer.concat(chunks);
  }

  #translateLost(error: unknown, digest: Digest): unknown {
    if (!(error instanceof ObjectNotFoundError)) return error;
    this.deps.onAnomaly('a blob has a row but no bytes', { digest });
    return unknownBlob(digest, error);
  }

  /**
   * Makes the blob visible in `target`, from the first of `sources` that has it; the caller has made sure that each
   * of them may be pulled from. False when none has it.
   */
  async mount(
    target: RepositoryRecord,
    digest: Digest,
    input: { readonly sources: readonly RepositoryName[]; readonly actor: Actor },
  ): Promise<boolean> {
    try {
      for (const source of input.sources) {
        if (await this.deps.blobs.mount({ source, target, digest, actor: input.actor })) return true;
      }
      return false;
    } catch (error) {
      const namespace = namespaceOf(target.name);
      const page = this.deps.usagePage(namespace);
      throw translateLayerLimit(translateQuota(error, namespace, page), namespace, page);
    }
  }

  /** Takes the blob out of this repository only. Throws BLOB_UNKNOWN, or DENIED while a manifest needs it. */
  async delete(repository: RepositoryRecord, digest: Digest, actor: Actor): Promise<void> {
    const outcome = await this.deps.blobs.unlink(repository, digest, actor);
    if (outcome === 'unknown') throw unknownBlob(digest);
    if (outcome === 'in use') {
      throw new OciError('DENIED', {
        message: 'a manifest of this repository needs the blob; delete the manifest first',
        detail: { digest },
      });
    }
  }
}

function unknownBlob(digest: Digest, cause?: unknown): OciError {
  return new OciError('BLOB_UNKNOWN', { detail: { digest }, cause });
}

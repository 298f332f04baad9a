import { DeleteObjectsCommand, type DeleteObjectsCommandOutput } from '@aws-sdk/client-s3';
import { abortReason, type DeleteFailure, type ObjectKey } from '@stowage/storage';
import { type Bucket, sending } from './bucket.js';
import { inLanes } from './in-lanes.js';
import { isDenied, isNotImplemented, isUnavailable, onService, toStorageError } from './s3-errors.js';
import { objectPath } from './staging-paths.js';

/** What S3 takes in one request. */
const BATCH = 1_000;
/** Where a service has no such request. */
const LANES = 8;

/**
 * Deletes objects a thousand to a request (DeleteObjects); one by one where the service doesn't know that request, or
 * refuses it to an account that may delete the objects (as some do with a policy for a prefix).
 */
export class BatchRemoval {
  readonly #bucket: Bucket;
  #hasBatches = true;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  async remove(keys: readonly ObjectKey[], signal: AbortSignal | undefined): Promise<readonly DeleteFailure[]> {
    if (signal?.aborted) throw abortReason(signal);
    const failures: DeleteFailure[] = [];
    for (let first = 0; first < keys.length; first += BATCH) {
      failures.push(...(await this.#removeBatch(keys.slice(first, first + BATCH), signal)));
    }
    return failures;
  }

  async #removeBatch(keys: readonly ObjectKey[], signal: AbortSignal | undefined): Promise<readonly DeleteFailure[]> {
    if (!this.#hasBatches) return this.#removeEach(keys, signal);
    try {
      return failuresOf(keys, this.#bucket, await this.#send(keys, signal));
    } catch (cause) {
      if (!isNotImplemented(cause) && !isDenied(cause)) throw cause;
      const failures = await this.#removeEach(keys, signal);
      this.#hasBatches = false; // it was the batch that the service has a problem with
      return failures;
    }
  }

  #send(keys: readonly ObjectKey[], signal: AbortSignal | undefined): Promise<DeleteObjectsCommandOutput> {
    const Objects = keys.map((key) => ({ Key: this.#bucket.target(objectPath(key)).Key }));
    const command = new DeleteObjectsCommand({ Bucket: this.#bucket.name, Delete: { Objects, Quiet: true } });
    return onService(`${keys.length} objects`, signal, () => this.#bucket.client.send(command, sending(signal)));
  }

  async #removeEach(keys: readonly ObjectKey[], signal: AbortSignal | undefined): Promise<DeleteFailure[]> {
    const outcomes = await inLanes(keys, LANES, (key) =>
      this.#bucket.remove(objectPath(key), signal).then(
        () => undefined,
        (cause: unknown) => ({ key, cause }),
      ),
    );
    const failures = outcomes.filter((outcome) => outcome !== undefined);
    const [first] = failures;
    if (first && failures.length === keys.length) throw first.cause;
    return failures;
  }
}

/** What the service says of single keys; one that isn't there is gone. */
function failuresOf(
  keys: readonly ObjectKey[],
  bucket: Bucket,
  { Errors = [] }: DeleteObjectsCommandOutput,
): DeleteFailure[] {
  const known = new Map(keys.map((key) => [bucket.target(objectPath(key)).Key, key]));
  return Errors.flatMap(({ Key = '', Code = 'an error', Message = '' }) => {
    const key = known.get(Key);
    const cause = toStorageError(Object.assign(new Error(Message), { name: Code }), Key);
    return key !== undefined && isUnavailable(cause) ? [{ key, cause }] : [];
  });
}

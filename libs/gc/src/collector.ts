import { failPoint } from '@stowage/failpoints';
import type { Claim, CollectionCounts, GarbageStore, JudgedQueue, ReviewQueue } from '@stowage/metadata';
import { blobKey, type ObjectKey, type StorageDriver } from '@stowage/storage';
import { type CollectionReport, CollectionTally, countRemoved, countVerdicts, NOTHING } from './collection-tally.js';

/** Downwards: what a manifest leaves is looked at after its own delay, what a link leaves at once. */
const JUDGED: readonly JudgedQueue[] = ['manifest_review', 'link_review', 'blob_review'];
/** Rows that are judged in one transaction, which pushes of the same digests wait for; and objects of one request. */
const BATCHES: Readonly<Record<ReviewQueue, number>> = {
  manifest_review: 100,
  link_review: 250,
  blob_review: 500,
  object_removal: 1_000,
};

export interface CollectorOptions {
  readonly garbage: GarbageStore;
  readonly storage: Pick<StorageDriver, 'deleteMany'>;
  /** How many look for what is due side by side; 1 unless said. */
  readonly collectors?: number;
  /** Rows or objects that are dealt with in one step, at most; each queue has its own unless said. */
  readonly batch?: number;
  /** Told of what came of each step, as soon as it is over. */
  readonly onStep?: (queue: ReviewQueue, counts: CollectionCounts) => Promise<void>;
  /** Told of rows or objects that could not be dealt with; they are tried again later, each time later. */
  readonly onFailure: (queue: ReviewQueue, error: unknown) => void;
}

/** Deals with a batch; true when some of it is due again at once. */
type Deal = (claims: readonly Claim[]) => Promise<boolean>;

/**
 * Online garbage collection: looks at what a change may have made unreachable, when its time has come. Any number of
 * collectors may run, next to any number of pushes; nothing waits for them. The cost follows the garbage.
 */
export class Collector {
  readonly #options: CollectorOptions;

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /** Goes on until nothing is due, or until the signal aborts: then what was begun is finished. */
  async run(signal?: AbortSignal): Promise<CollectionReport> {
    const tally = new CollectionTally();
    const isOver = () => signal?.aborted === true;
    const { garbage } = this.#options;
    for (const queue of JUDGED) {
      await this.#drain(queue, isOver, async (claims) => {
        const counts = countVerdicts(await garbage.review(queue, claims));
        await this.#note(tally, queue, counts);
        return counts.postponed > 0;
      }).catch((error: unknown) => this.#fail(tally, queue, error));
    }
    await failPoint('G1');
    await this.#drain('object_removal', isOver, (claims) => this.#remove(claims, tally)).catch((error: unknown) =>
      this.#fail(tally, 'object_removal', error),
    );
    return tally.report();
  }

  /** The collectors of this process side by side, each with claims of its own. */
  async #drain(queue: ReviewQueue, isOver: () => boolean, deal: Deal): Promise<void> {
    const collectors = Array.from({ length: this.#options.collectors ?? 1 }, () => this.#work(queue, isOver, deal));
    const outcomes = await Promise.allSettled(collectors);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  async #work(queue: ReviewQueue, isOver: () => boolean, deal: Deal): Promise<void> {
    const batch = this.#options.batch ?? BATCHES[queue];
    while (!isOver()) {
      const claims = await this.#options.garbage.claim(queue, batch);
      const isMore = claims.length > 0 && (await deal(claims));
      if (claims.length < batch && !isMore) return;
    }
  }

  /** Objects before their rows: a crash in between deletes them once more, which is nothing. No lock is held meanwhile. */
  async #remove(claims: readonly Claim[], tally: CollectionTally): Promise<boolean> {
    const claimed = new Map(claims.map((claim) => [keyOf(claim), claim]));
    const left = await this.#delete([...claimed.keys()]);
    for (const key of left) claimed.delete(key);
    await failPoint('G2');
    const removed = [...claimed.values()];
    await this.#options.garbage.removed(removed);
    await failPoint('G3');
    await this.#note(tally, 'object_removal', countRemoved(removed, left.length));
    return false;
  }

  async #note(tally: CollectionTally, queue: ReviewQueue, counts: CollectionCounts): Promise<void> {
    tally.add(queue, counts);
    await this.#options.onStep?.(queue, counts);
  }

  /** A step that failed as a whole; its rows are tried again when the claim is over. */
  async #fail(tally: CollectionTally, queue: ReviewQueue, error: unknown): Promise<void> {
    this.#options.onFailure(queue, error);
    // With the database away there is nobody to tell.
    await this.#note(tally, queue, { ...NOTHING, failures: 1 }).catch(() => undefined);
  }

  /** Those that may still be there. */
  async #delete(keys: readonly ObjectKey[]): Promise<readonly ObjectKey[]> {
    const { storage, onFailure } = this.#options;
    try {
      const failures = await storage.deleteMany(keys);
      for (const { cause } of failures) onFailure('object_removal', cause);
      return failures.map(({ key }) => key);
    } catch (error) {
      onFailure('object_removal', error);
      return keys;
    }
  }
}

function keyOf({ digest, generation }: Claim): ObjectKey {
  if (generation === undefined) throw new TypeError('not a claim of an object');
  return blobKey(digest, generation);
}

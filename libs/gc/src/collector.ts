import { failPoint } from '@stowage/failpoints';
import type { Claim, GarbageStore, JudgedQueue, ReviewQueue, Verdict } from '@stowage/metadata';
import { blobKey, type StorageDriver } from '@stowage/storage';
import { inLanes } from './in-lanes.js';

/** Downwards: what a manifest leaves is looked at after its own delay, what a link leaves at once. */
const JUDGED: readonly JudgedQueue[] = ['manifest_review', 'link_review', 'blob_review'];
const BATCH = 100;
const LANES = 8;

export interface CollectorOptions {
  readonly garbage: GarbageStore;
  readonly storage: Pick<StorageDriver, 'delete'>;
  /** Told of rows or an object that could not be dealt with; they are tried again later, each time later. */
  readonly onFailure: (queue: ReviewQueue, error: unknown) => void;
}

/** What one run has done. */
export interface CollectionReport {
  /** Rows that were looked at, by what came of them. */
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  /** Objects that are gone from storage. */
  readonly removedObjects: number;
  readonly failures: number;
}

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
    const report = { verdicts: {} as Partial<Record<Verdict, number>>, removedObjects: 0, failures: 0 };
    const isOver = () => signal?.aborted === true;
    const { garbage, onFailure } = this.#options;
    const fail = (queue: ReviewQueue, error: unknown) => {
      report.failures += 1;
      onFailure(queue, error);
    };
    for (const queue of JUDGED) {
      await this.#drain(queue, isOver, async (claims) => {
        for (const { verdict } of await garbage.review(queue, claims)) {
          report.verdicts[verdict] = (report.verdicts[verdict] ?? 0) + 1;
        }
      }).catch((error: unknown) => fail(queue, error));
    }
    await failPoint('G1');
    await this.#drain('object_removal', isOver, async (claims) => {
      const removed: Claim[] = [];
      await inLanes(claims, LANES, async (claim) => {
        if (isOver()) return;
        await this.#remove(claim).then(
          () => removed.push(claim),
          (error: unknown) => fail('object_removal', error),
        );
      });
      await failPoint('G2');
      await garbage.removed(removed);
      report.removedObjects += removed.length;
    });
    return report;
  }

  async #drain(
    queue: ReviewQueue,
    isOver: () => boolean,
    deal: (claims: readonly Claim[]) => Promise<void>,
  ): Promise<void> {
    while (!isOver()) {
      const claims = await this.#options.garbage.claim(queue, BATCH);
      if (claims.length > 0) await deal(claims);
      if (claims.length < BATCH) return;
    }
  }

  /** The object before its row: a crash in between deletes it once more, which is nothing. No lock is held meanwhile. */
  async #remove({ digest, generation }: Claim): Promise<void> {
    if (generation === undefined) throw new TypeError('not a claim of an object');
    await this.#options.storage.delete(blobKey(digest, generation));
  }
}

import type { Claim, GarbageStore, JudgedQueue, ReviewQueue, Verdict } from '@stowage/metadata';
import { blobKey, type StorageDriver } from '@stowage/storage';
import { inLanes } from './in-lanes.js';

/** Downwards: what a manifest leaves is looked at after its own delay, what a link leaves at once. */
const JUDGED: readonly JudgedQueue[] = ['manifest_review', 'link_review', 'blob_review'];
const BATCH = 100;
/** Each holds a connection to Postgres for some milliseconds; pushes and pulls need the others. */
const LANES = 4;

export interface CollectorOptions {
  readonly garbage: GarbageStore;
  readonly storage: Pick<StorageDriver, 'delete'>;
  /** Told of a row that could not be dealt with; it is tried again later, each time later. */
  readonly onFailure: (claim: Claim, error: unknown) => void;
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
    const fail = (claim: Claim, error: unknown) => {
      report.failures += 1;
      this.#options.onFailure(claim, error);
    };
    for (const queue of JUDGED) {
      await this.#drain(queue, { isOver, fail }, async (claim) => {
        const verdict = await this.#options.garbage.review({ ...claim, queue });
        report.verdicts[verdict] = (report.verdicts[verdict] ?? 0) + 1;
      });
    }
    await this.#drain('object_removal', { isOver, fail }, async (claim) => {
      await this.#remove(claim);
      report.removedObjects += 1;
    });
    return report;
  }

  async #drain(
    queue: ReviewQueue,
    { isOver, fail }: { isOver: () => boolean; fail: (claim: Claim, error: unknown) => void },
    deal: (claim: Claim) => Promise<void>,
  ): Promise<void> {
    while (!isOver()) {
      const claims = await this.#options.garbage.claim(queue, BATCH);
      await inLanes(claims, LANES, async (claim) => {
        if (!isOver()) await deal(claim).catch((error: unknown) => fail(claim, error));
      });
      if (claims.length < BATCH) return;
    }
  }

  /** The object first: a crash in between deletes it once more, which is nothing. No lock is held while storage takes its time. */
  async #remove(claim: Claim): Promise<void> {
    const { garbage, storage } = this.#options;
    if (claim.generation === undefined) throw new TypeError('not a claim of an object');
    await storage.delete(blobKey(claim.digest, claim.generation));
    await garbage.removed(claim);
  }
}

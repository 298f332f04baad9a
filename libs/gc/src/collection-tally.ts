import type { Claim, ReviewQueue, Verdict, Verdicts } from '@stowage/metadata';

/** What was done with the rows of one queue. */
export interface QueueTally {
  readonly reviewed: number;
  /** Rows whose subject is gone because of it: manifests, links, blobs; of the last queue, objects. */
  readonly deleted: number;
  /** A push had it, or had queued it again: another look follows. */
  readonly postponed: number;
  readonly failures: number;
}

/** What one run has done. */
export interface CollectionReport {
  readonly queues: Readonly<Record<ReviewQueue, QueueTally>>;
  /** Rows that were looked at, by what came of them. */
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  /** Objects that are gone from storage, and how much they held. */
  readonly removedObjects: number;
  readonly removedBytes: number;
  readonly failures: number;
}

type Counts = { -readonly [K in keyof QueueTally]: QueueTally[K] };

const NOTHING: QueueTally = { reviewed: 0, deleted: 0, postponed: 0, failures: 0 };

/** Adds up what collectors do; several may share one. */
export class CollectionTally {
  readonly #queues: Record<ReviewQueue, Counts> = {
    manifest_review: { ...NOTHING },
    link_review: { ...NOTHING },
    blob_review: { ...NOTHING },
    object_removal: { ...NOTHING },
  };
  readonly #verdicts: Partial<Record<Verdict, number>> = {};
  #bytes = 0;

  judged(queue: ReviewQueue, verdicts: Verdicts): void {
    const counts = this.#queues[queue];
    counts.reviewed += verdicts.length;
    for (const { verdict } of verdicts) {
      this.#verdicts[verdict] = (this.#verdicts[verdict] ?? 0) + 1;
      if (verdict === 'collected') counts.deleted += 1;
      if (verdict === 'busy' || verdict === 'postponed') counts.postponed += 1;
    }
  }

  removed(claims: readonly Claim[]): void {
    const counts = this.#queues.object_removal;
    counts.reviewed += claims.length;
    counts.deleted += claims.length;
    for (const { size = 0 } of claims) this.#bytes += size;
  }

  failed(queue: ReviewQueue, count: number): void {
    this.#queues[queue].failures += count;
  }

  report(): CollectionReport {
    const queues = structuredClone(this.#queues);
    return {
      queues,
      verdicts: { ...this.#verdicts },
      removedObjects: queues.object_removal.deleted,
      removedBytes: this.#bytes,
      failures: Object.values(queues).reduce((sum, { failures }) => sum + failures, 0),
    };
  }
}

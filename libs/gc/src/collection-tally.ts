import type { Claim, CollectionCounts, ReviewQueue, Verdicts } from '@stowage/metadata';

/** What one run has done. */
export interface CollectionReport {
  readonly queues: Readonly<Record<ReviewQueue, CollectionCounts>>;
  /** Objects that are gone from storage, and how much they held. */
  readonly removedObjects: number;
  readonly removedBytes: number;
  readonly failures: number;
}

export const NOTHING: CollectionCounts = { reviewed: 0, deleted: 0, postponed: 0, failures: 0, bytes: 0 };

export function countVerdicts(verdicts: Verdicts): CollectionCounts {
  const count = (...wanted: readonly string[]) => verdicts.filter(({ verdict }) => wanted.includes(verdict)).length;
  return {
    ...NOTHING,
    reviewed: verdicts.length,
    deleted: count('collected'),
    postponed: count('busy', 'postponed'),
  };
}

export function countRemoved(removed: readonly Claim[], failures: number): CollectionCounts {
  const bytes = removed.reduce((sum, { size = 0 }) => sum + size, 0);
  return { ...NOTHING, reviewed: removed.length + failures, deleted: removed.length, failures, bytes };
}

/** Adds up what collectors do; several may share one. */
export class CollectionTally {
  readonly #queues: Record<ReviewQueue, CollectionCounts> = {
    manifest_review: NOTHING,
    link_review: NOTHING,
    blob_review: NOTHING,
    object_removal: NOTHING,
  };

  add(queue: ReviewQueue, counts: CollectionCounts): void {
    const was = this.#queues[queue];
    this.#queues[queue] = {
      reviewed: was.reviewed + counts.reviewed,
      deleted: was.deleted + counts.deleted,
      postponed: was.postponed + counts.postponed,
      failures: was.failures + counts.failures,
      bytes: was.bytes + counts.bytes,
    };
  }

  report(): CollectionReport {
    const queues = { ...this.#queues };
    return {
      queues,
      removedObjects: queues.object_removal.deleted,
      removedBytes: queues.object_removal.bytes,
      failures: Object.values(queues).reduce((sum, { failures }) => sum + failures, 0),
    };
  }
}

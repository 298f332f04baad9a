import type { Database } from '../database.js';
import type { ReviewDelay } from '../registry/reviews.js';
import { collectBlob } from './blob-collection.js';
import { collectLink } from './link-collection.js';
import { collectManifest } from './manifest-collection.js';
import { type Claim, claimDue, type ReviewQueue, settleClaim } from './review-queue.js';
import type { Verdict } from './verdict.js';

/** Queues whose rows are judged; `object_removal` has nothing to judge. */
export type JudgedQueue = Exclude<ReviewQueue, 'object_removal'>;

export interface Backlog {
  readonly queue: ReviewQueue;
  /** Rows whose time has come. */
  readonly due: number;
  /** How long the oldest of them has waited. */
  readonly oldestSeconds: number;
}

/** Cross-tenant: what garbage collection does to rows. Any number of collectors may use it at once. */
export class GarbageStore {
  readonly #database: Database;
  readonly #delay: ReviewDelay;

  constructor(database: Database, delay: ReviewDelay) {
    this.#database = database;
    this.#delay = delay;
  }

  /** Rows that are due, oldest first, for this collector alone; in minutes they are anybody's again. */
  claim(queue: ReviewQueue, limit: number): Promise<Claim[]> {
    return claimDue(this.#database, queue, limit);
  }

  /** Looks again under locks, and removes the rows of what is garbage, in one transaction that waits for nobody. */
  review(claim: Claim & { readonly queue: JudgedQueue }): Promise<Verdict> {
    if (claim.queue === 'manifest_review') return collectManifest(this.#database, claim, this.#delay);
    if (claim.queue === 'link_review') return collectLink(this.#database, claim);
    return collectBlob(this.#database, claim);
  }

  /** The object of a removal is gone from storage. */
  async removed(claim: Claim): Promise<void> {
    await this.#database.run((db) => settleClaim(db, claim));
  }

  async backlog(): Promise<Backlog[]> {
    return this.#database.prepared<Backlog>(
      'collection_backlog',
      ['manifest_review', 'link_review', 'blob_review', 'object_removal']
        .map(
          (queue) => `
          SELECT '${queue}' AS queue, count(*)::int AS due,
                 coalesce(extract(epoch FROM now() - min(review_after)), 0)::float8 AS "oldestSeconds"
          FROM ${queue} WHERE review_after <= now()`,
        )
        .join(' UNION ALL '),
      [],
    );
  }
}

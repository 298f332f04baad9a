import type { Database } from '../database.js';
import { Prisma } from '../generated/prisma/client.js';
import type { ReviewDelay } from '../registry/reviews.js';
import { collectBlobs } from './blob-collection.js';
import { collectLinks } from './link-collection.js';
import { collectManifests } from './manifest-collection.js';
import { type Claim, claimDue, giveBackUnheld, type ReviewQueue, settleClaims } from './review-queue.js';
import type { Verdicts } from './verdict.js';

/** Queues whose rows are judged; `object_removal` has nothing to judge. */
export type JudgedQueue = Exclude<ReviewQueue, 'object_removal'>;

const QUEUES = ['manifest_review', 'link_review', 'blob_review', 'object_removal'] as const;

export interface Backlog {
  readonly queue: ReviewQueue;
  /** Rows whose time has come. */
  readonly due: number;
  /** How long the oldest of them has waited. */
  readonly oldestSeconds: number;
  /** Rows whose time is still to come. */
  readonly waiting: number;
  /** Bytes of objects that are due to be removed. */
  readonly bytes: number;
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

  /**
   * Looks again under locks, and removes the rows of what is garbage; waits for nobody. All claims are of one queue. Of
   * manifests, those before one that fails are settled; of the others, all or none.
   */
  async review(queue: JudgedQueue, claims: readonly Claim[]): Promise<Verdicts> {
    const verdicts = await this.#judge(queue, claims);
    const unheld = verdicts.filter(({ verdict }) => verdict === 'postponed').map(({ claim }) => claim);
    await this.#database.run((db) => giveBackUnheld(db, unheld));
    return verdicts;
  }

  async #judge(queue: JudgedQueue, claims: readonly Claim[]): Promise<Verdicts> {
    if (queue === 'manifest_review') return collectManifests(this.#database, claims, this.#delay);
    return queue === 'link_review' ? collectLinks(this.#database, claims) : collectBlobs(this.#database, claims);
  }

  /** The objects of removals are gone from storage. */
  async removed(claims: readonly Claim[]): Promise<void> {
    await this.#database.run((db) => settleClaims(db, claims));
  }

  /**
   * Makes due what has failed, sooner than it would be by itself: somebody wants it tried again. What a collector has in hand
   * just now looks the same, and is looked at twice, which is nothing.
   */
  async retryFailed(): Promise<void> {
    await this.#database.run(async (db) => {
      for (const queue of QUEUES) {
        await db.$executeRaw`
          UPDATE ${Prisma.raw(queue)} SET review_after = now() WHERE review_count > 0 AND review_after > now()`;
      }
    });
  }

  async backlog(): Promise<Backlog[]> {
    return this.#database.prepared<Backlog>(
      'collection_backlog',
      QUEUES.map(
        (queue) => `
          SELECT '${queue}' AS queue, count(*) FILTER (WHERE review_after <= now())::int AS due,
                 coalesce(greatest(extract(epoch FROM now() - min(review_after)), 0), 0)::float8 AS "oldestSeconds",
                 count(*) FILTER (WHERE review_after > now())::int AS waiting,
                 ${queue === 'object_removal' ? 'coalesce(sum(size), 0)::float8' : '0::float8'} AS bytes
          FROM ${queue}`,
      ).join(' UNION ALL '),
      [],
    );
  }
}

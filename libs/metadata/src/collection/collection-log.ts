import type { Database } from '../database.js';
import type { Statements } from '../statements.js';
import type { ReviewQueue } from './review-queue.js';

/** What was done with rows of one queue. */
export interface CollectionCounts {
  readonly reviewed: number;
  /** What the rows are about is gone because of it: manifests, links, blobs; of `object_removal`, objects. */
  readonly deleted: number;
  /** A push had it, or had queued it again: another look follows. */
  readonly postponed: number;
  readonly failures: number;
  /** Of objects that are gone from storage. */
  readonly bytes: number;
}

const KEPT_DAYS = 90;

/** What collectors write down of their work. */
export class CollectionLog {
  constructor(private readonly database: Database) {}

  /** Adds to the row of a run that somebody asked for, or to the row of this hour. */
  async add(runId: string | undefined, queue: ReviewQueue, counts: CollectionCounts): Promise<void> {
    await this.database.statements(async (tx) => {
      const id = runId ?? (await thisHour(tx));
      const { reviewed, deleted, postponed, failures, bytes } = counts;
      await tx.$executeRaw`
        INSERT INTO collection_tally AS t (run_id, queue, reviewed, deleted, postponed, failures, bytes)
        VALUES (${id}::bigint, ${queue}, ${reviewed}::bigint, ${deleted}::bigint, ${postponed}::bigint,
                ${failures}::bigint, ${bytes}::bigint)
        ON CONFLICT (run_id, queue) DO UPDATE SET reviewed = t.reviewed + EXCLUDED.reviewed,
          deleted = t.deleted + EXCLUDED.deleted, postponed = t.postponed + EXCLUDED.postponed,
          failures = t.failures + EXCLUDED.failures, bytes = t.bytes + EXCLUDED.bytes`;
      await tx.$executeRaw`UPDATE collection_run SET last_at = now() WHERE id = ${id}::bigint`;
    });
  }

  /** What a dry run has found; nothing else of it is written. */
  async conclude(runId: string, findings: object): Promise<void> {
    await this.database.statements(
      (tx) => tx.$executeRaw`
        UPDATE collection_run SET findings = ${JSON.stringify(findings)}::jsonb, last_at = now()
        WHERE id = ${runId}::bigint`,
    );
  }
}

/** With the first look of an hour that does something, rows of long ago go. */
async function thisHour(tx: Statements): Promise<string> {
  const [row] = await tx.$queryRaw<{ id: string; isNew: boolean }[]>`
    INSERT INTO collection_run (hour) VALUES (date_trunc('hour', now()))
    ON CONFLICT (hour) DO UPDATE SET last_at = now() RETURNING id::text, xmax = 0 AS "isNew"`;
  if (!row) throw new Error('an hour has no row');
  if (row.isNew) {
    await tx.$executeRaw`DELETE FROM collection_run WHERE last_at < now() - make_interval(days => ${KEPT_DAYS}::int)`;
  }
  return row.id;
}

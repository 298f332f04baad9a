import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { startJobRun } from '../jobs/start-job-run.js';
import type { CollectionCounts } from './collection-log.js';
import type { ReviewQueue } from './review-queue.js';

export interface CollectionRunRecord {
  readonly id: string;
  /** Of the looks that come by themselves, one row for each hour that did something. */
  readonly isPeriodic: boolean;
  readonly isDryRun: boolean;
  readonly requestedBy: string | null;
  /** Null: the row of its job is gone, long after it was over. */
  readonly state: 'queued' | 'running' | 'paused' | 'succeeded' | 'failed' | 'cancelled' | null;
  readonly jobRunId: string | null;
  readonly error: string | null;
  readonly startedAt: Date;
  readonly lastAt: Date;
  readonly queues: Readonly<Partial<Record<ReviewQueue, CollectionCounts>>>;
}

export interface FreedBytes {
  /** Midnight in UTC. */
  readonly day: Date;
  readonly bytes: number;
  readonly objects: number;
}

/** Kinds of job runs: what collects rests in read-only mode, what only looks does not. */
export const COLLECTION_KINDS = { run: 'garbage-collection', dryRun: 'garbage-forecast' } as const;

const SELECT = `
  SELECT r.id::text, r.hour IS NOT NULL AS "isPeriodic", r.is_dry_run AS "isDryRun", r.requested_by AS "requestedBy",
         CASE WHEN r.hour IS NULL THEN j.state::text ELSE 'succeeded' END AS state, r.job_run_id AS "jobRunId", j.error,
         r.started_at AS "startedAt", r.last_at AS "lastAt",
         coalesce((SELECT jsonb_object_agg(t.queue, jsonb_build_object('reviewed', t.reviewed, 'deleted', t.deleted,
           'postponed', t.postponed, 'failures', t.failures, 'bytes', t.bytes))
           FROM collection_tally t WHERE t.run_id = r.id), '{}') AS queues
  FROM collection_run r LEFT JOIN job_run j ON j.id = r.job_run_id`;

/** Cross-tenant: what administrators see of garbage collection, and the runs they ask for. */
export class CollectionRuns {
  constructor(private readonly database: Database) {}

  /** The newest first, after the one with the id `last`. */
  async list({ last, limit }: { last: string | null; limit: number }): Promise<CollectionRunRecord[]> {
    return this.database.prepared<CollectionRunRecord>(
      'collection_run_list',
      `${SELECT} WHERE $1::bigint IS NULL OR r.id < $1::bigint ORDER BY r.id DESC LIMIT $2`,
      [last, limit],
    );
  }

  async find(id: string): Promise<CollectionRunRecord | undefined> {
    const [run] = await this.database.prepared<CollectionRunRecord>(
      'collection_run_find',
      `${SELECT} WHERE r.id = $1::bigint`,
      [id],
    );
    return run;
  }

  /** What a dry run has found; null while it has not. */
  async findings(id: string): Promise<unknown> {
    const [run] = await this.database.prepared<{ findings: unknown }>(
      'collection_run_findings',
      'SELECT findings FROM collection_run WHERE id = $1::bigint',
      [id],
    );
    return run?.findings ?? null;
  }

  /** One of a kind at a time: while there is one that is not over, its id is the answer. */
  async start(isDryRun: boolean, actor: Actor): Promise<string> {
    return this.database.statements(async (tx) => {
      const kind = isDryRun ? COLLECTION_KINDS.dryRun : COLLECTION_KINDS.run;
      const requestedBy = actor.kind === 'user' ? actor.id : null;
      const job = { kind, payload: {}, namespaceId: null, target: 'garbage collection', requestedBy, key: kind };
      const { id: jobRunId, isNew } = await startJobRun(tx, job);
      if (!isNew) return runOf(jobRunId);
      const [run] = await tx.$queryRaw<{ id: string }[]>`
        INSERT INTO collection_run (job_run_id, requested_by, is_dry_run)
        VALUES (${jobRunId}::uuid, ${actor.name}, ${isDryRun}) RETURNING id::text`;
      if (!run) throw new Error('a run has no row');
      const detail = { after: { dryRun: isDryRun, run: run.id } };
      await recordAudit(tx, {
        actor,
        action: 'collection.start',
        namespaceId: null,
        target: 'garbage collection',
        detail,
      });
      return run.id;

      async function runOf(jobRun: string): Promise<string> {
        const [live] = await tx.$queryRaw<{ id: string }[]>`
          SELECT id::text FROM collection_run WHERE job_run_id = ${jobRun}::uuid`;
        if (!live) throw new Error('a job of garbage collection has no run');
        return live.id;
      }
    });
  }

  /** The run whose work a job does. */
  async idOfJob(jobRunId: string): Promise<string | undefined> {
    const [run] = await this.database.prepared<{ id: string }>(
      'collection_run_of_job',
      'SELECT id::text FROM collection_run WHERE job_run_id = $1::uuid',
      [jobRunId],
    );
    return run?.id;
  }

  /** By day of UTC, the oldest first; days on which nothing was freed are among them. */
  async freedByDay(days: number): Promise<FreedBytes[]> {
    return this.database.prepared<FreedBytes>(
      'collection_freed_by_day',
      `SELECT d.day, coalesce(sum(t.bytes), 0)::float8 AS bytes, coalesce(sum(t.deleted), 0)::float8 AS objects
       FROM generate_series(date_trunc('day', now()) - make_interval(days => $1::int - 1), date_trunc('day', now()),
                            interval '1 day') AS d (day)
       LEFT JOIN collection_run r ON r.started_at >= d.day AND r.started_at < d.day + interval '1 day'
       LEFT JOIN collection_tally t ON t.run_id = r.id AND t.queue = 'object_removal'
       GROUP BY d.day ORDER BY d.day`,
      [days],
    );
  }
}

import type { Database } from '../database.js';
import type { Statements } from '../statements.js';
import type { JobRunOutcome, JobRunProgress, JobRunRequest, JobRunWish, NewLogLine } from './job-run-progress.js';

/** A run in the hands of one attempt. */
export interface ClaimedJobRun {
  readonly id: string;
  readonly kind: string;
  readonly namespaceId: string | null;
  readonly payload: unknown;
  /** This one included. */
  readonly attempts: number;
  readonly progress: JobRunProgress;
  /** The worker of the attempt before has not been heard of for the whole of its lease. */
  readonly wasAbandoned: boolean;
  /** What was asked of it while it was abandoned. */
  readonly asked: JobRunRequest | null;
  /** Names the attempt; whoever has another one writes nothing. */
  readonly claim: string;
}

/** What an attempt has to say since it said something last. */
export interface JobRunReport {
  readonly progress: JobRunProgress;
  readonly lines: readonly NewLogLine[];
}

export interface RunnableKinds {
  readonly all: readonly string[];
  /** Those of them that rest while content is read-only. */
  readonly changingContent: readonly string[];
}

/** SQL: nothing of the run's namespace, or nothing at all, may be changed. */
const IS_READ_ONLY = `EXISTS (SELECT 1 FROM read_only_mode m WHERE m.namespace_id IS NULL OR m.namespace_id = r.namespace_id)`;

const CLAIM = `
  WITH due AS (
    SELECT r.id, r.state FROM job_run r
    WHERE r.state IN ('queued', 'running') AND r.due_at <= now() AND r.kind = ANY ($1::text[])
      AND (r.asked IS NOT NULL OR NOT (r.kind = ANY ($2::text[]) AND ${IS_READ_ONLY}))
    ORDER BY r.due_at FOR UPDATE SKIP LOCKED LIMIT 1)
  UPDATE job_run r SET state = 'running', claim = gen_random_uuid(), attempts = r.attempts + 1,
    due_at = now() + make_interval(secs => $3::float8), started_at = coalesce(r.started_at, now()), error = NULL, cause = NULL
  FROM due WHERE r.id = due.id
  RETURNING r.id, r.kind, r.namespace_id AS "namespaceId", r.payload, r.attempts, r.asked, r.claim,
    due.state = 'running' AS "wasAbandoned",
    jsonb_build_object('done', r.done, 'total', r.total, 'counters', r.counters, 'cursor', r.cursor) AS progress`;

/** What workers do with runs. Every write names its claim, so that an attempt whose lease has passed on writes nothing. */
export class JobRunClaims {
  constructor(private readonly database: Database) {}

  /** Takes the run that is due longest and lets nobody else have it until the lease ends, by the database's clock. */
  async claim(kinds: RunnableKinds, leaseSeconds: number): Promise<ClaimedJobRun | undefined> {
    const [run] = await this.database.changed<ClaimedJobRun>('job_run_claim', CLAIM, [
      kinds.all,
      kinds.changingContent,
      leaseSeconds,
    ]);
    return run;
  }

  /** Writes how far the run is and renews its lease. Undefined: the attempt has lost the run. */
  async save(
    { id, claim }: ClaimedJobRun,
    { progress, lines }: JobRunReport,
    leaseSeconds: number,
  ): Promise<JobRunWish | undefined> {
    const { done, total, counters, cursor } = progress;
    return this.database.statements(async (tx) => {
      const [wish] = await tx.$queryRaw<JobRunWish[]>`
        UPDATE job_run r SET done = ${done}::bigint, total = ${total}::bigint, counters = ${JSON.stringify(counters)}::jsonb,
          cursor = ${JSON.stringify(cursor)}::jsonb, due_at = now() + make_interval(secs => ${leaseSeconds}::float8)
        WHERE id = ${id}::uuid AND claim = ${claim}::uuid AND state = 'running'
        RETURNING r.asked,
          EXISTS (SELECT 1 FROM read_only_mode m WHERE m.namespace_id IS NULL OR m.namespace_id = r.namespace_id) AS "isReadOnly"`;
      if (wish) await addLogLines(tx, id, lines);
      return wish;
    });
  }

  /** Ends the attempt. False: the run is another's, and nothing was written. */
  async settle(
    { id, claim }: ClaimedJobRun,
    outcome: JobRunOutcome,
    { progress, lines }: JobRunReport,
  ): Promise<boolean> {
    const { state, error = null, cause = null, delaySeconds = 0, keepsAttempt = true } = outcome;
    const { done, total, counters, cursor } = progress;
    const isOver = state === 'succeeded' || state === 'failed' || state === 'cancelled';
    return this.database.statements(async (tx) => {
      // Whoever asked for something while the attempt ended gets it from the next one.
      const changed = await tx.$executeRaw`
        UPDATE job_run SET state = ${state}::job_run_state, claim = NULL, error = ${error}, cause = ${cause},
          asked = CASE WHEN ${state} = 'queued' THEN asked END,
          attempts = attempts - CASE WHEN ${keepsAttempt} THEN 0 ELSE 1 END,
          done = ${done}::bigint, total = ${total}::bigint, counters = ${JSON.stringify(counters)}::jsonb,
          cursor = ${JSON.stringify(cursor)}::jsonb,
          due_at = CASE WHEN asked IS NULL THEN now() + make_interval(secs => ${delaySeconds}::float8) ELSE now() END,
          finished_at = CASE WHEN ${isOver} THEN now() END
        WHERE id = ${id}::uuid AND claim = ${claim}::uuid AND state = 'running'`;
      if (changed > 0) await addLogLines(tx, id, lines);
      return changed > 0;
    });
  }

  /** Forgets runs that ended so long ago, and their logs. Returns how many. */
  async prune(days: number): Promise<number> {
    return this.database.run(
      (db) => db.$executeRaw`
        DELETE FROM job_run WHERE finished_at < now() - make_interval(days => ${days}::int)`,
    );
  }
}

async function addLogLines(tx: Statements, runId: string, lines: readonly NewLogLine[]): Promise<void> {
  if (lines.length === 0) return;
  const rows = JSON.stringify(lines);
  await tx.$executeRaw`
    INSERT INTO job_run_log (run_id, at, is_warning, message)
    SELECT ${runId}::uuid, now(), line."isWarning", line.message
    FROM jsonb_to_recordset(${rows}::jsonb) AS line ("isWarning" boolean, message text)`;
}

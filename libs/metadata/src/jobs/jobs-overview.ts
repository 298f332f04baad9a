import type { Database } from '../database.js';

export interface JobsOverview {
  /** Runs that have failed and that nobody has dismissed, and scheduled jobs whose last turn failed. */
  readonly failed: number;
  readonly running: number;
  /** For their first or their next attempt. */
  readonly waiting: number;
  readonly paused: number;
  /** How long the run that has waited longest has been due; 0: none is. */
  readonly oldestWaitSeconds: number;
}

/** What there is to do and what went wrong, by indexes that hold nothing else. */
export async function jobsOverview(database: Database): Promise<JobsOverview> {
  const [overview] = await database.prepared<JobsOverview & { [column: string]: unknown }>(
    'jobs_overview',
    `SELECT (SELECT count(*) FROM job_run WHERE state = 'failed' AND dismissed_at IS NULL)::int
        + (SELECT count(*) FROM scheduled_job WHERE outcome = 'failed')::int AS failed,
      count(*) FILTER (WHERE state = 'running')::int AS running,
      count(*) FILTER (WHERE state = 'queued')::int AS waiting,
      (SELECT count(*) FROM job_run WHERE state = 'paused')::int AS paused,
      coalesce(extract(epoch FROM now() - min(due_at) FILTER (WHERE state = 'queued' AND due_at <= now())), 0)::float8
        AS "oldestWaitSeconds"
     FROM job_run WHERE state IN ('queued', 'running')`,
    [],
  );
  return overview as JobsOverview;
}

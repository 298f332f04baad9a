import type { Pool } from 'pg';
import { UnhandledJobError } from './job-errors.js';
import type { Job } from './job.js';
import { SCHEDULE_KEY_PREFIX } from './scheduled-run.js';

/**
 * Compares what waits in the queue with what this process can run. Scheduled jobs of the past are removed, because
 * nobody waits for them; anything else that nobody can run throws UnhandledJobError.
 */
export async function checkQueueRows(pool: Pool, jobs: readonly Job[]): Promise<void> {
  const names = jobs.map(({ name }) => name);
  await pool.query(
    `SELECT graphile_worker.remove_job(key) FROM graphile_worker.jobs
     WHERE task_identifier <> ALL ($1::text[]) AND starts_with(key, $2)`,
    [names, SCHEDULE_KEY_PREFIX],
  );
  const { rows } = await pool.query<{ name: string }>(
    `SELECT DISTINCT task_identifier AS name FROM graphile_worker.jobs
     WHERE task_identifier <> ALL ($1::text[]) AND attempts < max_attempts ORDER BY 1`,
    [names],
  );
  if (rows.length > 0) throw new UnhandledJobError(rows.map(({ name }) => name));
}

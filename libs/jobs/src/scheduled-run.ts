import type { Pool } from 'pg';
import { z } from 'zod';
import { addJob, type SqlRunner } from './enqueue.js';
import type { Job, JobContext, JobSchedule } from './job.js';
import { withLock } from './run-lock.js';

export type ScheduledJob = Job & { readonly schedule: JobSchedule };

/** What the queue keeps for a scheduled job: how many runs have failed in a row. */
const stateSchema = z.object({ failures: z.number().int().min(0).default(0) });

/** By it the rows of scheduled jobs are told from those that somebody enqueued. */
export const SCHEDULE_KEY_PREFIX = 'schedule:';
const FIRST_RETRY_SECONDS = 2;
const LAST_RETRY_SECONDS = 600;

/*
 * Why a job that schedules itself, and not the queue's cron: cron knows whole minutes only, and leaves a turn out when
 * no worker is up at that minute. Here the next turn is a row of the queue with a key. The key is unique, so any number
 * of workers that add the turn move the one row instead of adding another.
 *
 * The next turn is added before the work is done. A worker that is killed in the middle has it behind it already; had it
 * been added after the work, nobody would run the job until the queue gives up the dead worker's lock after four hours.
 * The price is that a turn may come while the one before is still at work: the lock below makes it pass.
 */

/** Makes the job due now, whatever turn it was waiting for. */
export async function scheduleNow(run: SqlRunner, job: ScheduledJob): Promise<void> {
  await addTurn(run, job, { failures: 0, delaySeconds: 0 });
}

/** One turn: adds the next one and works, unless another worker is still at work on the turn before. */
export async function runScheduled(
  pool: Pool,
  job: ScheduledJob,
  turn: JobContext & { state: unknown },
): Promise<void> {
  const query: SqlRunner = (text, values) => pool.query(text, values);
  const { failures } = stateSchema.parse(turn.state ?? {});
  await addTurn(query, job, { failures: 0, delaySeconds: job.schedule.everySeconds });
  await withLock(pool, keyOf(job.name), async () => {
    try {
      await job.perform({}, turn);
    } catch (err) {
      const attempt = failures + 1;
      turn.logger.error({ err, attempt, maxAttempts: job.maxAttempts }, 'job failed');
      if (attempt >= job.maxAttempts) return; // the next turn is a new beginning
      const delaySeconds = Math.min(retryDelaySeconds(attempt), job.schedule.everySeconds);
      await addTurn(query, job, { failures: attempt, delaySeconds });
    }
  });
}

export function retryDelaySeconds(attempt: number): number {
  return Math.min(FIRST_RETRY_SECONDS ** attempt, LAST_RETRY_SECONDS);
}

async function addTurn(run: SqlRunner, job: ScheduledJob, turn: { failures: number; delaySeconds: number }) {
  const { failures, delaySeconds } = turn;
  // The queue itself tries a turn again only when it ended before its next one was added.
  await addJob(run, { name: job.name, key: keyOf(job.name), payload: { failures }, delaySeconds, maxAttempts: 25 });
}

function keyOf(name: string): string {
  return `${SCHEDULE_KEY_PREFIX}${name}`;
}

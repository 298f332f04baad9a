import type { ScheduledTurns } from '@stowage/metadata';
import type { Pool } from 'pg';
import { z } from 'zod';
import { addJob, type SqlRunner } from './enqueue.js';
import type { Job, JobContext, JobSchedule } from './job.js';
import { retryDelaySeconds } from './retry-delay.js';
import { withLock } from './run-lock.js';

export type ScheduledJob = Job & { readonly schedule: JobSchedule };

/** What the queue keeps for a scheduled job; `failures` is how many runs have failed in a row. */
const stateSchema = z.object({
  failures: z.number().int().min(0).default(0),
  /** A person wants this turn: it is taken although the job is paused. */
  isAsked: z.boolean().default(false),
});

/** By it the rows of scheduled jobs are told from those that somebody enqueued. */
export const SCHEDULE_KEY_PREFIX = 'schedule:';
const MAX_ERROR_LENGTH = 500;

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
  await addTurn(run, job.name, { failures: 0, delaySeconds: 0 });
}

/** The same at a person's wish: also of a job that is paused. Needs a queue that some `JobRunner` has started on before. */
export async function runNow(run: SqlRunner, name: string): Promise<void> {
  await addTurn(run, name, { failures: 0, delaySeconds: 0, isAsked: true });
}

export interface Turn extends JobContext {
  /** What the queue keeps. */
  readonly state: unknown;
}

export interface TurnPlaces {
  readonly pool: Pool;
  readonly turns: ScheduledTurns;
}

/** One turn: adds the next one and works, unless the job rests or another worker is still at work on the turn before. */
export async function runScheduled({ pool, turns }: TurnPlaces, job: ScheduledJob, turn: Turn): Promise<void> {
  const query: SqlRunner = (text, values) => pool.query(text, values);
  const { failures, isAsked } = stateSchema.parse(turn.state ?? {});
  const { everySeconds, changesContent = false } = job.schedule;
  await addTurn(query, job.name, { failures: 0, delaySeconds: everySeconds });
  await withLock(pool, keyOf(job.name), async () => {
    const orders = await turns.arrive({ name: job.name, everySeconds, changesContent });
    if ((orders.isPaused && !isAsked) || (orders.isReadOnly && changesContent)) return turns.skip(job.name);
    await turns.begin(job.name);
    try {
      await turns.succeed(job.name, (await job.perform({}, turn)) ?? {});
    } catch (err) {
      const attempt = failures + 1;
      turn.logger.error({ err, attempt, maxAttempts: job.maxAttempts }, 'job failed');
      // Without another attempt the next turn is a new beginning.
      const isTriedAgain = attempt < job.maxAttempts;
      const delaySeconds = Math.min(retryDelaySeconds(attempt), everySeconds);
      if (isTriedAgain) await addTurn(query, job.name, { failures: attempt, delaySeconds });
      await turns.fail(job.name, String(err).slice(0, MAX_ERROR_LENGTH), isTriedAgain ? delaySeconds : undefined);
    }
  });
}

async function addTurn(
  run: SqlRunner,
  name: string,
  { delaySeconds, ...payload }: { failures: number; delaySeconds: number; isAsked?: boolean },
): Promise<void> {
  // The queue itself tries a turn again only when it ended before its next one was added.
  await addJob(run, { name, key: keyOf(name), payload, delaySeconds, maxAttempts: 25 });
}

function keyOf(name: string): string {
  return `${SCHEDULE_KEY_PREFIX}${name}`;
}

import { setTimeout as delay } from 'node:timers/promises';
import type { ScheduledTurns } from '@stowage/metadata';
import type { TaskList } from 'graphile-worker';
import type { Pool } from 'pg';
import type { JobLogger } from './job-logger.js';
import type { Job } from './job.js';
import { migrateQueue } from './prepare-queue.js';
import { createQueuePool } from './queue-pool.js';
import { checkQueueRows } from './queue-rows.js';
import { RunningQueue } from './running-queue.js';
import { scheduleNow } from './scheduled-run.js';
import { settlesWithin } from './settles-within.js';
import { isScheduled, toTaskList } from './task-list.js';

export interface JobRunnerOptions {
  readonly connectionString: string;
  readonly jobs: readonly Job[];
  /** Where scheduled jobs say how their turns go. */
  readonly turns: ScheduledTurns;
  readonly logger: JobLogger;
  /** How many jobs this process runs at a time. */
  readonly concurrency: number;
}

const STOP_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 2_000;
const MAX_PAUSE_MS = 10_000;

/**
 * Runs jobs from a queue in Postgres; any number of runners share it. It outlives Postgres: while the database is away
 * it tries again and again, and says so in the log. It listens to no signal of the process.
 */
export class JobRunner {
  readonly #jobs: readonly Job[];
  readonly #turns: ScheduledTurns;
  readonly #logger: JobLogger;
  readonly #concurrency: number;
  readonly #pool: Pool;
  readonly #stopping = new AbortController();
  readonly #stopAsked = Promise.withResolvers<undefined>();
  #queue: RunningQueue | undefined;
  #supervision: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;

  constructor({ connectionString, jobs, turns, logger, concurrency }: JobRunnerOptions) {
    this.#jobs = jobs;
    this.#turns = turns;
    this.#logger = logger;
    this.#concurrency = concurrency;
    this.#pool = createQueuePool(connectionString, concurrency, logger);
  }

  /**
   * Every scheduled job is due at once. Rejects when two jobs share a name (DuplicateJobError), when the queue holds one
   * that is not among them (UnhandledJobError), and when Postgres can't be reached at this first time.
   */
  async start(): Promise<void> {
    try {
      const tasks = toTaskList(this.#jobs, { pool: this.#pool, turns: this.#turns }, this.#logger);
      await migrateQueue(this.#pool, this.#logger);
      await checkQueueRows(this.#pool, this.#jobs);
      await this.#turns.keepOnly(this.#jobs.filter(isScheduled).map(({ name }) => name));
      this.#queue = await this.#launch(tasks);
      this.#supervision = this.#supervise(tasks);
    } catch (error) {
      await this.#pool.end();
      throw error;
    }
  }

  /**
   * Takes no more jobs, tells the running ones to end after two seconds, and waits for them for `timeoutMs`; what still
   * runs then is given back to the queue. Idempotent, and rejects never.
   */
  async stop({ timeoutMs = STOP_TIMEOUT_MS } = {}): Promise<void> {
    this.#stopped ??= this.#stop(timeoutMs);
    await this.#stopped;
  }

  async #stop(timeoutMs: number): Promise<void> {
    this.#stopping.abort();
    this.#stopAsked.resolve(undefined);
    await this.#queue?.stop(timeoutMs);
    await this.#supervision;
    await settlesWithin(this.#pool.end(), CLOSE_TIMEOUT_MS);
  }

  async #launch(tasks: TaskList): Promise<RunningQueue> {
    for (const job of this.#jobs.filter(isScheduled)) {
      await scheduleNow((text, values) => this.#pool.query(text, values), job);
    }
    return RunningQueue.start({
      pool: this.#pool,
      tasks,
      concurrency: this.#concurrency,
      pollIntervalMs: pollIntervalMs(this.#jobs),
      logger: this.#logger,
    });
  }

  /** The queue's runner gives up when it can't write how a job ended; another one takes its place. */
  async #supervise(tasks: TaskList): Promise<void> {
    for (let failures = 0; !this.#stopping.signal.aborted; failures += 1) {
      if (this.#queue) {
        const reason = await Promise.race([this.#queue.ended, this.#stopAsked.promise]);
        if (reason === undefined) return;
        this.#logger.warn({ reason }, 'the job queue ended; it is started again');
        await this.#queue.stop(STOP_TIMEOUT_MS);
        this.#queue = undefined;
        failures = 0;
      }
      await pause(failures, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return;
      await this.#relaunch(tasks);
    }
  }

  async #relaunch(tasks: TaskList): Promise<void> {
    try {
      const queue = await this.#launch(tasks);
      if (this.#stopping.signal.aborted) return await queue.stop(STOP_TIMEOUT_MS);
      this.#queue = queue;
      this.#logger.info({}, 'the job queue runs again');
    } catch (err) {
      this.#logger.warn({ err }, 'the job queue can not be started; trying again');
    }
  }
}

/** Jobs that are due are found by asking, so a schedule of seconds needs shorter pauses between questions. */
function pollIntervalMs(jobs: readonly Job[]): number {
  const shortestMs = Math.min(
    ...jobs.map(({ schedule }) => (schedule?.everySeconds ?? Number.POSITIVE_INFINITY) * 1000),
  );
  return Math.max(250, Math.min(2_000, shortestMs / 4));
}

async function pause(failures: number, signal: AbortSignal): Promise<void> {
  const milliseconds = Math.min(MAX_PAUSE_MS, 500 * 2 ** Math.min(failures, 10));
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}

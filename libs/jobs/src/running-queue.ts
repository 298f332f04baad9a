import { EventEmitter } from 'node:events';
import { type Runner, run, type TaskList, type WorkerEvents, type WorkerPool } from 'graphile-worker';
import type { Pool } from 'pg';
import type { JobLogger } from './job-logger.js';
import { toQueueLogger } from './queue-logger.js';
import { settlesWithin } from './settles-within.js';

export interface QueueOptions {
  readonly pool: Pool;
  readonly tasks: TaskList;
  readonly concurrency: number;
  readonly pollIntervalMs: number;
  readonly logger: JobLogger;
}

export const SCHEMA = 'graphile_worker';
/** A running job may end by itself for this long before it is told to. */
const ABORT_AFTER_MS = 2_000;
const KILL_TIMEOUT_MS = 3_000;
/** The queue keeps trying with what it has; after so many failures it is better to begin with new connections. */
const MAX_FETCH_ERRORS = 5;

/** One life of the queue's runner. It ends when it is stopped, and when it has lost Postgres for a while. */
export class RunningQueue {
  /** Why it ended; never rejects. */
  readonly ended: Promise<string>;
  readonly #runner: Runner;
  readonly #workers: WorkerPool | undefined;

  private constructor(runner: Runner, events: WorkerEvents, workers: WorkerPool | undefined) {
    this.#runner = runner;
    this.#workers = workers;
    this.ended = Promise.race([
      runner.promise.then(
        () => 'it was stopped',
        (error: unknown) => String(error),
      ),
      losesTouch(events),
    ]);
  }

  /** Rejects when Postgres can't be reached. The tables of the queue have to be there. */
  static async start({ pool, tasks, concurrency, pollIntervalMs, logger }: QueueOptions): Promise<RunningQueue> {
    const events: WorkerEvents = new EventEmitter();
    let workers: WorkerPool | undefined;
    events.on('pool:create', ({ workerPool }) => {
      workers = workerPool;
    });
    const runner = await run({
      pgPool: pool,
      schema: SCHEMA,
      taskList: tasks,
      parsedCronItems: [],
      concurrency,
      pollInterval: pollIntervalMs,
      noHandleSignals: true, // the process decides when it ends
      gracefulShutdownAbortTimeout: ABORT_AFTER_MS,
      logger: toQueueLogger(logger),
      events,
      // Without a batch the queue drops the promise of these statements, and their failure would end the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    });
    return new RunningQueue(runner, events, workers);
  }

  /** Takes no more jobs and waits for the running ones, for so long at most; then they are given back to the queue. */
  async stop(timeoutMs: number): Promise<void> {
    if (await settlesWithin(this.#runner.stop(), timeoutMs)) return;
    // The runner's own `kill` does nothing once it is stopping.
    await settlesWithin(Promise.resolve(this.#workers?.forcefulShutdown('the process ends')), KILL_TIMEOUT_MS);
  }
}

async function losesTouch(events: WorkerEvents): Promise<string> {
  return new Promise((resolve) => {
    let errors = 0;
    const reset = () => {
      errors = 0;
    };
    events.on('job:start', reset);
    events.on('worker:getJob:empty', reset);
    events.on('worker:getJob:error', ({ error }) => {
      errors += 1;
      if (errors >= MAX_FETCH_ERRORS) resolve(`no jobs can be fetched: ${String(error)}`);
    });
  });
}

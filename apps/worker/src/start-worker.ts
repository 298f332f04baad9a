import { JobRunner, RunWorker } from '@stowage/jobs';
import { JobRunClaims, ScheduledTurns } from '@stowage/metadata';
import { createJobs } from './jobs/create-jobs.js';
import { registerJobMetrics } from './job-metrics.js';
import { openCollection } from './open-collection.js';
import { createRuns } from './runs/create-runs.js';
import type { WorkerOptions } from './worker-options.js';

export interface Worker {
  /** Waits for running jobs, not for ever. Leaves the database and the storage open: they belong to the caller. */
  stop(): Promise<void>;
}

/** Jobs are short or long waits for Postgres and storage; more at a time would only take connections. */
const CONCURRENCY = 4;
/** Runs are long: enough that a short one need not wait for the end of those. */
const RUN_CONCURRENCY = 4;

/** Runs the background jobs until it is stopped. Any number of workers may run. Needs a migrated database. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { connectionString, database, logger } = options;
  const collection = openCollection(options);
  registerJobMetrics(options.metrics, database);
  const runner = new JobRunner({
    connectionString,
    logger,
    jobs: createJobs(options, collection),
    turns: new ScheduledTurns(database),
    concurrency: CONCURRENCY,
  });
  const runs = new RunWorker({
    claims: new JobRunClaims(database),
    kinds: createRuns(options, collection),
    logger,
    concurrency: RUN_CONCURRENCY,
  });
  await runner.start();
  runs.start();
  return {
    stop: async () => {
      await Promise.all([runner.stop(), runs.stop()]);
      options.mail?.transport.close();
    },
  };
}

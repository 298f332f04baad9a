import { JobRunner } from '@stowage/jobs';
import { createJobs } from './jobs/create-jobs.js';
import type { WorkerOptions } from './worker-options.js';

export interface Worker {
  /** Waits for running jobs, not for ever. Leaves the database and the storage open: they belong to the caller. */
  stop(): Promise<void>;
}

/** Jobs are short or long waits for Postgres and storage; more at a time would only take connections. */
const CONCURRENCY = 4;

/** Runs the background jobs until it is stopped. Any number of workers may run. Needs a migrated database. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { connectionString, logger } = options;
  const runner = new JobRunner({ connectionString, logger, jobs: createJobs(options), concurrency: CONCURRENCY });
  await runner.start();
  return {
    stop: async () => {
      await runner.stop();
      options.mail?.transport.close();
    },
  };
}

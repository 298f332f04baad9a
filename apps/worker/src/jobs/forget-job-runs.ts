import { defineJob, type Job } from '@stowage/jobs';
import type { JobRunClaims } from '@stowage/metadata';
import { z } from 'zod';

const HOUR_SECONDS = 3_600;
const KEPT_DAYS = 90;

/** Runs that ended long ago, and what they logged. */
export function forgetJobRuns(runs: JobRunClaims): Job {
  return defineJob({
    name: 'forget-job-runs',
    payload: z.object({}),
    schedule: { everySeconds: HOUR_SECONDS },
    maxAttempts: 5,
    run: async () => ({ forgotten: await runs.prune(KEPT_DAYS) }),
  });
}

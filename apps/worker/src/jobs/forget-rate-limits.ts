import { defineJob, type Job } from '@stowage/jobs';
import { type Database, forgetRateLimits as forget } from '@stowage/metadata';
import { z } from 'zod';

const HOUR_SECONDS = 3_600;

/** Counters end by their time, which every reader checks; this only keeps the table small. */
export function forgetRateLimits(database: Database): Job {
  return defineJob({
    name: 'forget-rate-limits',
    payload: z.object({}),
    schedule: { everySeconds: HOUR_SECONDS },
    maxAttempts: 5,
    run: async () => void (await forget(database)),
  });
}

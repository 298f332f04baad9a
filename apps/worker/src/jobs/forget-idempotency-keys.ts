import { defineJob, type Job } from '@stowage/jobs';
import type { IdempotentRequests } from '@stowage/metadata';
import { z } from 'zod';

const HOUR_SECONDS = 3_600;

/** A key ends by its time, which every request checks; this only keeps the table small. */
export function forgetIdempotencyKeys(requests: IdempotentRequests): Job {
  return defineJob({
    name: 'forget-idempotency-keys',
    payload: z.object({}),
    schedule: { everySeconds: HOUR_SECONDS },
    maxAttempts: 5,
    run: async () => ({ forgotten: await requests.deleteExpired() }),
  });
}

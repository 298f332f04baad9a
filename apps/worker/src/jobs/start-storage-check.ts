import { defineJob, type Job } from '@stowage/jobs';
import type { StorageChecks } from '@stowage/metadata';
import { z } from 'zod';

const HOUR_SECONDS = 3_600;

/** Starts a check of the storage when the last one is a day old. */
export function startStorageCheck(checks: StorageChecks): Job {
  return defineJob({
    name: 'start-storage-check',
    payload: z.object({}),
    schedule: { everySeconds: HOUR_SECONDS, changesContent: true },
    maxAttempts: 5,
    run: async () => ({ started: (await checks.startWhenDue()) ? 1 : 0 }),
  });
}

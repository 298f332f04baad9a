import { defineJob, type Job } from '@stowage/jobs';
import type { RetentionSchedule } from '@stowage/metadata';
import { z } from 'zod';

/** A policy is due to the minute. */
const EVERY_SECONDS = 30;
const AT_A_TIME = 100;

/** Starts the runs of retention policies whose time has come. */
export function startDueRetention(schedule: RetentionSchedule): Job {
  return defineJob({
    name: 'start-due-retention',
    payload: z.object({}),
    schedule: { everySeconds: EVERY_SECONDS, changesContent: true },
    maxAttempts: 3,
    run: async (_payload, { logger }) => {
      const started = await schedule.startDue(AT_A_TIME);
      if (started > 0) logger.info({ started }, 'retention runs started');
      return { started };
    },
  });
}

import { defineJob, type Job } from '@stowage/jobs';
import type { MailQueue } from '@stowage/metadata';
import { z } from 'zod';

const HOUR_SECONDS = 3_600;

/** Letters that were not sent in their time, and their sealed secrets. */
export function deleteExpiredMail(queue: MailQueue): Job {
  return defineJob({
    name: 'delete-expired-mail',
    payload: z.object({}),
    schedule: { everySeconds: HOUR_SECONDS },
    maxAttempts: 5,
    run: async (_payload, { logger }) => {
      const deleted = await queue.deleteExpired();
      if (deleted > 0) logger.info({ deleted }, 'expired letters deleted');
    },
  });
}

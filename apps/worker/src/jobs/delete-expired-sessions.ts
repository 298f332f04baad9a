import { defineJob, type Job } from '@stowage/jobs';
import type { SessionStore } from '@stowage/metadata';
import { z } from 'zod';

const HOUR_SECONDS = 3_600;

/** Dashboard sessions end by their time, which every reader checks; this only keeps the table small. */
export function deleteExpiredSessions(sessions: SessionStore): Job {
  return defineJob({
    name: 'delete-expired-sessions',
    payload: z.object({}),
    schedule: { everySeconds: HOUR_SECONDS },
    maxAttempts: 5,
    run: async (_payload, { logger }) => {
      const deleted = await sessions.deleteExpired();
      if (deleted > 0) logger.info({ deleted }, 'expired sessions deleted');
    },
  });
}

import { defineJob, type Job } from '@stowage/jobs';
import type { PasskeyStore, SessionStore } from '@stowage/metadata';
import { z } from 'zod';

const HOUR_SECONDS = 3_600;

/** Dashboard sessions and challenges end by their time, which every reader checks; this only keeps the tables small. */
export function deleteExpiredSessions(sessions: SessionStore, passkeys: PasskeyStore): Job {
  return defineJob({
    name: 'delete-expired-sessions',
    payload: z.object({}),
    schedule: { everySeconds: HOUR_SECONDS },
    maxAttempts: 5,
    run: async (_payload, { logger }) => {
      const deleted = await sessions.deleteExpired();
      await passkeys.forgetSpent();
      if (deleted > 0) logger.info({ deleted }, 'expired sessions deleted');
    },
  });
}

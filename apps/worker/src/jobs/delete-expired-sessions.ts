import { defineJob, type Job } from '@stowage/jobs';
import type { PasskeyStore, RefreshTokenStore, SessionStore } from '@stowage/metadata';
import { z } from 'zod';

const HOUR_SECONDS = 3_600;

/** Sessions, refresh tokens and challenges end by their time, which every reader checks; this only keeps the tables small. */
export function deleteExpiredSessions(deps: {
  readonly sessions: SessionStore;
  readonly refreshTokens: RefreshTokenStore;
  readonly passkeys: PasskeyStore;
}): Job {
  return defineJob({
    name: 'delete-expired-sessions',
    payload: z.object({}),
    schedule: { everySeconds: HOUR_SECONDS },
    maxAttempts: 5,
    run: async (_payload, { logger }) => {
      const sessions = await deps.sessions.deleteExpired();
      const refreshTokens = await deps.refreshTokens.deleteIdle();
      await deps.passkeys.forgetSpent();
      if (sessions + refreshTokens > 0) logger.info({ sessions, refreshTokens }, 'expired sessions deleted');
    },
  });
}

import { type DistributionDependencies, expireUploads } from '@stowage/distribution';
import { defineJob, type Job } from '@stowage/jobs';
import { z } from 'zod';

/** Often enough that a session outlives its time by a quarter, or by a minute. */
function periodSeconds(uploadTtlSeconds: number): number {
  return Math.max(1, Math.min(60, uploadTtlSeconds / 4));
}

/** Ends the sessions that nobody touched for their time to live: what they reserved and staged comes back. */
export function expireUploadSessions(
  uploads: Pick<DistributionDependencies, 'sessions' | 'storage'>,
  uploadTtlSeconds: number,
): Job {
  return defineJob({
    name: 'expire-upload-sessions',
    payload: z.object({}),
    schedule: { everySeconds: periodSeconds(uploadTtlSeconds), changesContent: true },
    maxAttempts: 5,
    run: async (_payload, { signal, logger }) => {
      const ended = await expireUploads(uploads, uploadTtlSeconds, signal);
      if (ended > 0) logger.info({ ended }, 'idle upload sessions ended');
    },
  });
}

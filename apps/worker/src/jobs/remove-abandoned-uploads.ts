import { type DistributionDependencies, removeAbandonedBytes } from '@stowage/distribution';
import { defineJob, type Job } from '@stowage/jobs';
import { z } from 'zod';

const DAY_SECONDS = 86_400;
const MIN_AGE_SECONDS = 3_600;

/** Frees staged bytes that no session names: what is left of a crash between a session's row and its bytes. */
export function removeAbandonedUploads(
  uploads: Pick<DistributionDependencies, 'sessions' | 'storage'>,
  uploadTtlSeconds: number,
): Job {
  // Twice the time to live: no session that could still want the bytes is that old, whatever the clocks say.
  const minAgeMs = Math.max(2 * uploadTtlSeconds, MIN_AGE_SECONDS) * 1000;
  return defineJob({
    name: 'remove-abandoned-bytes',
    payload: z.object({}),
    schedule: { everySeconds: DAY_SECONDS, changesContent: true },
    maxAttempts: 5,
    run: async (_payload, { signal, logger }) => {
      const freed = await removeAbandonedBytes(uploads, new Date(Date.now() - minAgeMs), signal);
      if (freed > 0) logger.info({ freed }, 'abandoned uploads freed');
    },
  });
}

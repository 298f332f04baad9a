import { defineJob, type Job } from '@stowage/jobs';
import type { RateLimiter, SignInNetworks } from '@stowage/metadata';
import { z } from 'zod';

const HOUR_SECONDS = 3_600;

/** Counters and known networks end by their time, which every reader checks; this only keeps the tables small. */
export function deleteExpiredLimits(deps: { readonly limiter: RateLimiter; readonly networks: SignInNetworks }): Job {
  return defineJob({
    name: 'delete-expired-limits',
    payload: z.object({}),
    schedule: { everySeconds: HOUR_SECONDS },
    maxAttempts: 5,
    run: async (_payload, { logger }) => {
      const windows = await deps.limiter.deleteEnded();
      const networks = await deps.networks.deleteForgotten();
      if (windows + networks > 0) logger.info({ windows, networks }, 'expired limits deleted');
    },
  });
}

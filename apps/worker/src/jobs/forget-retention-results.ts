import { defineJob, type Job } from '@stowage/jobs';
import type { RetentionResults } from '@stowage/metadata';
import { z } from 'zod';

const HOUR_SECONDS = 3_600;
const KEPT_DAYS = 90;
const AT_A_TIME = 5_000;

/** What retention runs did with single tags is told for 90 days. */
export function forgetRetentionResults(results: RetentionResults): Job {
  return defineJob({
    name: 'forget-retention-results',
    payload: z.object({}),
    schedule: { everySeconds: HOUR_SECONDS },
    maxAttempts: 5,
    run: async (_payload, { signal }) => {
      let deleted = 0;
      for (let last = AT_A_TIME; last === AT_A_TIME && !signal.aborted; deleted += last) {
        last = await results.deleteOlderThan(KEPT_DAYS, AT_A_TIME);
      }
      return { deleted };
    },
  });
}

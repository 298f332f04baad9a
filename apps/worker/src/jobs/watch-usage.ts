import { defineJob, type Job } from '@stowage/jobs';
import { type Database, startDueRecount, UsageSamples } from '@stowage/metadata';
import { z } from 'zod';

const HOUR_SECONDS = 3_600;
/** A little less than a day, so that turns that come late do not make it later each time. */
const RECOUNT_AFTER_HOURS = 23;

/** Keeps what namespaces use day by day, and has it recounted once a day. */
export function watchUsage(database: Database): Job {
  const samples = new UsageSamples(database);
  return defineJob({
    name: 'watch-usage',
    payload: z.object({}),
    schedule: { everySeconds: HOUR_SECONDS },
    maxAttempts: 5,
    run: async () => {
      const taken = await samples.take();
      const forgotten = await samples.forget();
      const recounts = (await startDueRecount(database, RECOUNT_AFTER_HOURS)) ? 1 : 0;
      return { samples: taken, forgotten, recounts };
    },
  });
}

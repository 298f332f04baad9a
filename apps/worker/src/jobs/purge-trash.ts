import { defineJob, type Job } from '@stowage/jobs';
import type { TrashPurge } from '@stowage/metadata';
import { z } from 'zod';

const BATCH = 100;
const LONGEST_PAUSE_SECONDS = 60;

/** What its time in the trash is over for goes for good; what somebody began to purge is finished. */
export function purgeTrash(trash: TrashPurge, retentionSeconds: number): Job {
  return defineJob({
    name: 'purge-trash',
    payload: z.object({}),
    schedule: {
      everySeconds: Math.min(LONGEST_PAUSE_SECONDS, Math.max(1, retentionSeconds / 2)),
      changesContent: true,
    },
    maxAttempts: 5,
    run: async (_payload, { signal, logger }) => {
      let purged = 0;
      const failed = new Set<string>();
      for (let more = true; more && !signal.aborted; ) {
        const due = (await trash.due(BATCH + failed.size)).filter((id) => !failed.has(id));
        more = due.length > 0;
        for (const id of due) {
          if (signal.aborted) break;
          await trash.purge(id, { signal }).then(
            (outcome) => (purged += outcome === 'purged' ? 1 : 0),
            (error: unknown) => {
              failed.add(id);
              logger.warn(
                { id, error: String(error) },
                'something in the trash could not be purged; it is tried again',
              );
            },
          );
        }
      }
      if (purged > 0) logger.info({ purged }, 'trash purged');
      if (failed.size > 0) throw new Error(`${failed.size} entries of the trash could not be purged`);
    },
  });
}

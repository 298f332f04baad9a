import { Collector, type CollectorOptions } from '@stowage/gc';
import { defineJob, type Job } from '@stowage/jobs';
import { z } from 'zod';

/** Looks for what nothing needs any more, and removes it. */
export function collectGarbage(
  stores: Pick<CollectorOptions, 'garbage' | 'storage' | 'collectors'>,
  everySeconds: number,
): Job {
  return defineJob({
    name: 'collect-garbage',
    payload: z.object({}),
    schedule: { everySeconds, changesContent: true },
    maxAttempts: 5,
    run: async (_payload, { signal, logger }) => {
      const onFailure: CollectorOptions['onFailure'] = (queue, error) =>
        logger.warn({ queue, error: String(error) }, 'garbage could not be collected; it is tried again later');
      const { verdicts, removedObjects, failures } = await new Collector({ ...stores, onFailure }).run(signal);
      if (removedObjects > 0 || (verdicts.collected ?? 0) > 0)
        logger.info({ verdicts, removedObjects, failures }, 'garbage collected');
    },
  });
}

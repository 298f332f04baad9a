import type { CollectionReport } from '@stowage/gc';
import { defineJob, type Job } from '@stowage/jobs';
import { z } from 'zod';
import type { Collection } from '../collection.js';

/** Looks for what nothing needs any more, and removes it. */
export function collectGarbage(collection: Collection, everySeconds: number): Job {
  return defineJob({
    name: 'collect-garbage',
    payload: z.object({}),
    schedule: { everySeconds, changesContent: true },
    maxAttempts: 5,
    run: async (_payload, { signal, logger }) => {
      const report = await collection.collect({ signal, logger });
      const figures = figuresOf(report);
      if (Object.values(figures).some((figure) => figure > 0)) logger.info(figures, 'garbage collected');
      return figures;
    },
  });
}

export function figuresOf({ queues, removedObjects, removedBytes, failures }: CollectionReport) {
  return {
    deletedManifests: queues.manifest_review.deleted,
    unlinkedBlobs: queues.link_review.deleted,
    removedObjects,
    freedBytes: removedBytes,
    failures,
  };
}

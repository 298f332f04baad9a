import { defineRun, RunFailure, type RunKind } from '@stowage/jobs';
import { COLLECTION_KINDS, type CollectionPauses, type CollectionRuns, type GarbageStore } from '@stowage/metadata';
import { z } from 'zod';
import type { Collection } from '../collection.js';

export interface CollectionRunDependencies {
  readonly collection: Collection;
  readonly runs: CollectionRuns;
  readonly pauses: CollectionPauses;
  readonly garbage: GarbageStore;
}

/** A run that somebody asked for: what failed before is tried again, then all that is due is looked at. */
export function collectGarbageRun({ collection, runs, pauses, garbage }: CollectionRunDependencies): RunKind {
  return defineRun({
    kind: COLLECTION_KINDS.run,
    payload: z.object({}),
    maxAttempts: 3,
    changesContent: true,
    run: async (_payload, { id, progress, log, signal, logger }) => {
      const runId = await runs.idOfJob(id);
      if (runId === undefined) return; // forgotten: nobody looks at it any more
      await garbage.retryFailed();
      const report = await collection.collect({
        signal,
        logger,
        runId,
        onCounts: (queue, { reviewed, deleted, bytes }) =>
          progress.advance({ items: reviewed, counters: { [`${queue}Deleted`]: deleted, freedBytes: bytes } }),
      });
      if (signal.aborted) return;
      if (report.failures > 0) log.warn(`${report.failures} could not be removed; they are tried again later.`);
      const pause = await pauses.find();
      if (pause) throw new RunFailure(`Garbage collection was paused: ${pause.reason}`, { isFinal: true });
      log.info(`${report.removedObjects} objects with ${report.removedBytes} bytes are gone from storage.`);
    },
  });
}

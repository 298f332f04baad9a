import { defineRun, type RunKind } from '@stowage/jobs';
import {
  COLLECTION_KINDS,
  type CollectionLog,
  type CollectionRuns,
  type Database,
  forecastCollection,
} from '@stowage/metadata';
import { z } from 'zod';

export interface ForecastDependencies {
  readonly database: Database;
  readonly runs: CollectionRuns;
  readonly log: CollectionLog;
}

/** A dry run: says what would go now and later, and changes nothing. */
export function forecastCollectionRun({ database, runs, log }: ForecastDependencies): RunKind {
  return defineRun({
    kind: COLLECTION_KINDS.dryRun,
    payload: z.object({}),
    maxAttempts: 3,
    changesContent: false,
    run: async (_payload, { id, log: lines }) => {
      const runId = await runs.idOfJob(id);
      if (runId === undefined) return; // forgotten: nobody looks at it any more
      const forecast = await forecastCollection(database);
      await log.conclude(runId, forecast);
      const { due, later } = forecast;
      lines.info(`${due.bytes} bytes in ${due.objects} objects would go now, ${later.bytes} bytes later.`);
    },
  });
}

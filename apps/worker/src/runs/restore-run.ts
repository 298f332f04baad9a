import { defineRun, type RunKind } from '@stowage/jobs';
import { type BulkRuns, type Database, restoreEntry, RUN_RESTORATION_RUN } from '@stowage/metadata';
import { z } from 'zod';
import { actorSchema } from './actor-schema.js';

const BATCH = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Puts back what one run has deleted; what is taken by now stays in the trash, and is named. */
export function restoreRun({ database, runs }: { readonly database: Database; readonly runs: BulkRuns }): RunKind {
  return defineRun({
    kind: RUN_RESTORATION_RUN,
    payload: z.strictObject({ runId: z.uuid(), actor: actorSchema }),
    cursor: z.string(),
    maxAttempts: 5,
    changesContent: true,
    run: async ({ runId, actor }, { namespaceId, cursor = FIRST, signal, progress, log }) => {
      if (namespaceId === null) return;
      let after = cursor;
      for (let more = true; more; ) {
        const ids = await runs.entriesOf(namespaceId, runId, { after, limit: BATCH });
        more = ids.length === BATCH;
        for (const id of ids) {
          if (signal.aborted) return;
          const outcome = await restoreEntry(database, id, { actor, leaveTaken: true });
          if (outcome.kind === 'refused' && outcome.obstacle.kind === 'taken')
            log.warn(`Taken by now, and so left in the trash: ${outcome.obstacle.names.join(', ')}`);
          after = id;
          progress.advance({ cursor: id, counters: outcome.kind === 'restored' ? { restored: 1 } : { left: 1 } });
        }
      }
    },
  });
}

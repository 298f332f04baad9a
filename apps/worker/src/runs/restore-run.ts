import { defineRun, type RunKind } from '@stowage/jobs';
import {
  type BulkRuns,
  type Database,
  restoreEntry,
  type RestoreObstacle,
  RUN_RESTORATION_RUN,
  type RunEntry,
} from '@stowage/metadata';
import { z } from 'zod';
import { actorSchema } from './actor-schema.js';

const BATCH = 200;

/** Puts back what one run has deleted; what can't come back stays in the trash, and is named. */
export function restoreRun({ database, runs }: { readonly database: Database; readonly runs: BulkRuns }): RunKind {
  return defineRun({
    kind: RUN_RESTORATION_RUN,
    payload: z.strictObject({ runId: z.uuid(), actor: actorSchema }),
    cursor: z.strictObject({ id: z.uuid(), isTag: z.boolean() }),
    maxAttempts: 5,
    changesContent: true,
    run: async ({ runId, actor }, { namespaceId, cursor, signal, progress, log }) => {
      if (namespaceId === null) return;
      let after: RunEntry | undefined = cursor;
      for (let more = true; more; ) {
        const entries: RunEntry[] = await runs.entriesOf(namespaceId, runId, { after, limit: BATCH });
        more = entries.length === BATCH;
        for (const entry of entries) {
          if (signal.aborted) return;
          const outcome = await restoreEntry(database, entry.id, { actor, leaveTaken: true });
          if (outcome.kind === 'refused') log.warn(wordsFor(outcome.obstacle));
          after = entry;
          progress.advance({ cursor: entry, counters: outcome.kind === 'restored' ? { restored: 1 } : { left: 1 } });
        }
      }
    },
  });
}

function wordsFor(obstacle: RestoreObstacle): string {
  return obstacle.kind === 'taken'
    ? `Taken by now, and so left in the trash: ${obstacle.names.join(', ')}`
    : `The ${obstacle.what} ${obstacle.name} is in the trash itself: restore it first, and then what was in it.`;
}

import { defineRun, type RunKind } from '@stowage/jobs';
import { hasDrifted, RECOUNT_KIND, type UsageDrift, type UsageRecount } from '@stowage/metadata';
import { z } from 'zod';

const PAGE = 100;

/** Holds what namespaces are charged against their links, and repairs what differs: of one namespace, or of all. */
export function recountUsage(recount: UsageRecount): RunKind {
  return defineRun({
    kind: RECOUNT_KIND,
    payload: z.strictObject({ namespaceId: z.uuid().optional() }),
    cursor: z.uuid(),
    maxAttempts: 5,
    changesContent: false,
    run: async ({ namespaceId }, { cursor, progress, log, signal }) => {
      for await (const { id, name } of namespacesOf(recount, namespaceId, cursor)) {
        if (signal.aborted) return;
        const seen = await recount.compare(id);
        const drift = seen && hasDrifted(seen) ? await recount.repair(id) : undefined;
        if (drift) log.warn(`${name}: ${words(drift)} Repaired.`);
        progress.advance({
          cursor: id,
          counters: { namespaces: 1, drifted: drift ? 1 : 0, driftBytes: drift ? bytesOf(drift) : 0 },
        });
      }
      log.info('What is charged is what is stored.');
    },
  });
}

async function* namespacesOf(recount: UsageRecount, only: string | undefined, cursor: string | undefined) {
  if (only !== undefined) {
    yield { id: only, name: 'This namespace' };
    return;
  }
  for (let last = cursor; ; ) {
    const page = await recount.namespacesAfter(last, PAGE);
    yield* page;
    last = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

function bytesOf(drift: UsageDrift): number {
  return Math.abs(drift.chargedBytes - drift.recountedBytes);
}

function words({ chargedBytes, recountedBytes, wrongRows }: UsageDrift): string {
  return `${chargedBytes} bytes were charged, the links say ${recountedBytes}; ${wrongRows} rows were wrong.`;
}

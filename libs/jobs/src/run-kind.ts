import { z } from 'zod';
import type { JobLogger } from './job-logger.js';
import { KEBAB_CASE } from './job.js';
import type { RunProgress } from './run-progress.js';

export interface RunContext<Cursor> {
  readonly id: string;
  readonly namespaceId: string | null;
  /**
   * Aborted when the run has to stop: it is cancelled or paused, content became read-only, or the process ends. Return at the
   * next item; unless it was cancelled, the run goes on from the cursor later.
   */
  readonly signal: AbortSignal;
  /** The last one that an attempt before this one has left; undefined at the beginning. */
  readonly cursor: Cursor | undefined;
  readonly progress: RunProgress<Cursor>;
  /** What people read beside the run; no secrets. */
  readonly log: { readonly info: (message: string) => void; readonly warn: (message: string) => void };
  /** The log of the process. */
  readonly logger: JobLogger;
}

export interface RunDefinition<Payload, Cursor> {
  /** Kebab-case; what rows and pages call it. Never changes once it has shipped. */
  readonly kind: string;
  /** Ids, never entities or secrets. */
  readonly payload: z.ZodType<Payload>;
  /** Where a run goes on. Without one every attempt begins at the beginning. */
  readonly cursor?: z.ZodType<Cursor> | undefined;
  /** How often a failing run is tried, with growing pauses. Being stopped doesn't count, losing the worker does. */
  readonly maxAttempts: number;
  /** Rests while the run's namespace or the whole registry is read-only. */
  readonly changesContent: boolean;
  /**
   * Must be harmless to run twice from the same cursor: what was done in the last two seconds before a crash is done again.
   * Throws when it can't go on, so that it is tried again; `RunFailure` says why in words for people.
   */
  readonly run: (payload: Payload, context: RunContext<Cursor>) => Promise<void>;
}

/** A kind of run as workers take it. */
export interface RunKind {
  readonly kind: string;
  readonly maxAttempts: number;
  readonly changesContent: boolean;
  /** Checks what came out of the row and runs. */
  readonly perform: (
    row: { payload: unknown; cursor: unknown },
    context: Omit<RunContext<unknown>, 'cursor'>,
  ) => Promise<void>;
}

/** Throws when the definition can't work. */
export function defineRun<Payload, Cursor = never>(definition: RunDefinition<Payload, Cursor>): RunKind {
  const { kind, payload, cursor = z.never(), maxAttempts, changesContent, run } = definition;
  if (!KEBAB_CASE.test(kind)) throw new TypeError(`not a name for a kind of run: ${kind}`);
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1) throw new RangeError(`${kind}: maxAttempts is 1 or more`);
  return {
    kind,
    maxAttempts,
    changesContent,
    perform: async (row, context) =>
      run(payload.parse(row.payload), {
        ...context,
        progress: context.progress as RunProgress<Cursor>,
        cursor: row.cursor === null ? undefined : cursor.parse(row.cursor),
      }),
  };
}

import type { z } from 'zod';
import type { JobLogger } from './job-logger.js';

export interface JobContext {
  /** Aborted when the process wants to end; a job that stops early is run again. */
  readonly signal: AbortSignal;
  readonly logger: JobLogger;
}

/** Runs again and again: this long after it began, and once whenever a worker starts. */
export interface JobSchedule {
  readonly everySeconds: number;
  /** Rests while the whole registry is read-only. */
  readonly changesContent?: boolean | undefined;
}

/** What a run counted, by names of the job's own; administrators see it. */
export type JobResult = Readonly<Record<string, number>>;

export interface JobDefinition<Payload> {
  /** Kebab-case; what the queue, the logs and administrators call it. Never changes once it has shipped. */
  readonly name: string;
  /** Ids, never entities. A scheduled job is run with `{}`. */
  readonly payload: z.ZodType<Payload>;
  readonly schedule?: JobSchedule | undefined;
  /** How often a failing run is tried, with growing pauses; a scheduled one then waits for its next turn. */
  readonly maxAttempts: number;
  /** Must be harmless to run twice. Throws when a step failed, so that it is run again. */
  readonly run: (payload: Payload, context: JobContext) => Promise<JobResult | void>;
}

/** A job as the runner takes it. `Payload` is what `enqueue` wants. */
export interface Job<Payload = unknown> {
  readonly name: string;
  readonly schedule: JobSchedule | undefined;
  readonly maxAttempts: number;
  readonly parsePayload: (payload: unknown) => Payload;
  /** Checks what came out of the queue and runs. */
  readonly perform: (payload: unknown, context: JobContext) => Promise<JobResult | void>;
}

export const KEBAB_CASE = /^[a-z]+(?:-[a-z]+)*$/;

/** Throws when the definition can't work: a bad name, no attempt, or a schedule that has no payload to run with. */
export function defineJob<Payload>(definition: JobDefinition<Payload>): Job<Payload> {
  const { name, payload, schedule, maxAttempts, run } = definition;
  if (!KEBAB_CASE.test(name)) throw new TypeError(`not a name for a job: ${name}`);
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1) throw new RangeError(`${name}: maxAttempts is 1 or more`);
  if (schedule) {
    if (!(schedule.everySeconds >= 1)) throw new RangeError(`${name}: everySeconds is 1 or more`);
    payload.parse({});
  }
  const parsePayload = (value: unknown) => payload.parse(value);
  return {
    name,
    schedule,
    maxAttempts,
    parsePayload,
    perform: async (value, context) => run(parsePayload(value), context),
  };
}

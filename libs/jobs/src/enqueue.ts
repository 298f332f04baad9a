import type { Job } from './job.js';

/** Runs one statement: `(text, values) => client.query(text, values)`, or `tx.$executeRawUnsafe(text, ...values)`. */
export type SqlRunner = (text: string, values: unknown[]) => Promise<unknown>;

export interface EnqueueOptions {
  /** By the clock of the database. */
  readonly delaySeconds?: number | undefined;
  /** Replaces a job of the same key that has not begun yet. */
  readonly key?: string | undefined;
}

export interface QueuedJob extends EnqueueOptions {
  readonly name: string;
  readonly payload: unknown;
  readonly maxAttempts: number;
}

const ADD_JOB = `
  SELECT 1 FROM graphile_worker.add_job(
    identifier => $1::text, payload => $2::json, max_attempts => $3::int, job_key => $4::text,
    run_at => now() + make_interval(secs => $5::float8))`;

/**
 * Adds a job to the queue. Run it in the transaction of the change that makes the job necessary: then there is a job
 * if, and only if, there is the change. Needs a queue that some `JobRunner` has started on before.
 */
export async function enqueue<Payload>(
  run: SqlRunner,
  job: Job<Payload>,
  { payload, ...options }: EnqueueOptions & { readonly payload: NoInfer<Payload> },
): Promise<void> {
  const { name, maxAttempts } = job;
  await addJob(run, { name, maxAttempts, payload: job.parsePayload(payload), ...options });
}

export async function addJob(run: SqlRunner, job: QueuedJob): Promise<void> {
  const { name, payload, maxAttempts, key = null, delaySeconds = 0 } = job;
  await run(ADD_JOB, [name, JSON.stringify(payload), maxAttempts, key, delaySeconds]);
}

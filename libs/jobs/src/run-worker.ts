import { setTimeout as delay } from 'node:timers/promises';
import type { ClaimedJobRun, JobRunClaims, RunnableKinds } from '@stowage/metadata';
import { DuplicateJobError } from './job-errors.js';
import { type JobLogger, withFields } from './job-logger.js';
import { RunAttempt } from './run-attempt.js';
import type { RunKind } from './run-kind.js';
import { settlesWithin } from './settles-within.js';

export interface RunWorkerOptions {
  readonly claims: JobRunClaims;
  readonly kinds: readonly RunKind[];
  readonly logger: JobLogger;
  /** How many runs this process is at, at a time. */
  readonly concurrency: number;
  /** How long a run is left alone after its worker was heard of last; 30 unless a test says something else. */
  readonly leaseSeconds?: number;
  readonly saveEveryMs?: number;
  readonly pollEveryMs?: number;
}

const LEASE_SECONDS = 30;
const SAVE_EVERY_MS = 2_000;
const POLL_EVERY_MS = 1_000;
const STOP_TIMEOUT_MS = 10_000;

/** Takes runs that are due and performs them; any number of workers share them. It outlives Postgres. */
export class RunWorker {
  readonly #kinds: ReadonlyMap<string, RunKind>;
  readonly #runnable: RunnableKinds;
  readonly #attempts = new Map<RunAttempt, Promise<void>>();
  readonly #stopping = new AbortController();
  #looking: Promise<void> | undefined;

  /** Throws DuplicateJobError. */
  constructor(private readonly options: RunWorkerOptions) {
    this.#kinds = new Map(options.kinds.map((kind) => [kind.kind, kind]));
    const all = options.kinds.map(({ kind }) => kind);
    const twice = all.find((kind, index) => all.indexOf(kind) !== index);
    if (twice !== undefined) throw new DuplicateJobError(twice);
    this.#runnable = {
      all,
      changingContent: options.kinds.filter(({ changesContent }) => changesContent).map(({ kind }) => kind),
    };
  }

  start(): void {
    this.#looking ??= this.#look();
  }

  /** Takes no more runs, asks the ones at work to stop at their next item, and waits for them for `timeoutMs`. */
  async stop({ timeoutMs = STOP_TIMEOUT_MS } = {}): Promise<void> {
    this.#stopping.abort();
    await this.#looking;
    for (const attempt of this.#attempts.keys()) attempt.stop('process-ends');
    // One that does not end in time is another worker's when its lease is over.
    await settlesWithin(Promise.all(this.#attempts.values()), timeoutMs);
  }

  async #look(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const run = await this.#claim();
      if (run) this.#begin(run);
      else await delay(this.options.pollEveryMs ?? POLL_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #claim(): Promise<ClaimedJobRun | undefined> {
    if (this.#attempts.size >= this.options.concurrency || this.#kinds.size === 0) return undefined;
    try {
      return await this.options.claims.claim(this.#runnable, this.options.leaseSeconds ?? LEASE_SECONDS);
    } catch (err) {
      this.options.logger.warn({ err }, 'runs that are due can not be looked for; trying again');
      return undefined;
    }
  }

  #begin(run: ClaimedJobRun): void {
    const { claims, logger, leaseSeconds = LEASE_SECONDS, saveEveryMs = SAVE_EVERY_MS } = this.options;
    const attempt = new RunAttempt(run, this.#kinds.get(run.kind) as RunKind, {
      claims,
      logger: withFields(logger, { run: run.id, kind: run.kind }),
      leaseSeconds,
      saveEveryMs,
    });
    const ended = attempt.perform().finally(() => this.#attempts.delete(attempt));
    this.#attempts.set(attempt, ended);
  }
}

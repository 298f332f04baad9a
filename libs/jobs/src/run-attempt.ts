import { setTimeout as delay } from 'node:timers/promises';
import type { ClaimedJobRun, JobRunClaims, JobRunOutcome } from '@stowage/metadata';
import type { JobLogger } from './job-logger.js';
import { RunFailure } from './run-failure.js';
import type { RunKind } from './run-kind.js';
import { outcomeOf, type StopReason } from './run-outcome.js';
import { RunProgress } from './run-progress.js';

export interface AttemptOptions {
  readonly claims: Pick<JobRunClaims, 'save' | 'settle'>;
  readonly logger: JobLogger;
  readonly leaseSeconds: number;
  /** Between two writes of the progress: how soon people see it, and the run sees what they want. */
  readonly saveEveryMs: number;
}

const SETTLE_AGAIN_MS = 1_000;

/** One attempt of a run: performs it, keeps its lease, and writes how it ended. */
export class RunAttempt {
  readonly #stopping = new AbortController();
  readonly #ended = new AbortController();
  readonly #progress: RunProgress<unknown>;
  #stopped: StopReason | undefined;
  #saving: Promise<void> = Promise.resolve();
  #renewedAt = performance.now();

  constructor(
    private readonly run: ClaimedJobRun,
    private readonly kind: RunKind,
    private readonly options: AttemptOptions,
  ) {
    this.#progress = new RunProgress(run.progress, () => this.#save());
  }

  /** Asks the attempt to end at its next item. The first reason counts. */
  stop(reason: StopReason): void {
    this.#stopped ??= reason;
    this.#stopping.abort();
  }

  /** Resolves when the attempt has ended and that is written; never rejects. */
  async perform(): Promise<void> {
    const beating = this.#beat();
    const failure = await this.#work();
    this.#ended.abort();
    await beating;
    await this.#saving;
    await this.#settle(failure);
  }

  /** What the run threw. */
  async #work(): Promise<unknown> {
    const { run, kind } = this;
    if (run.asked) {
      this.stop(run.asked);
      return undefined;
    }
    if (run.wasAbandoned) {
      if (run.attempts > kind.maxAttempts)
        return new RunFailure('Its workers were lost again and again.', { isFinal: true });
      this.#tell(true, 'The worker that was at it is gone; another one goes on from where it was.');
    }
    try {
      await kind.perform(
        { payload: run.payload, cursor: run.progress.cursor },
        {
          id: run.id,
          namespaceId: run.namespaceId,
          signal: this.#stopping.signal,
          progress: this.#progress,
          log: { info: (message) => this.#tell(false, message), warn: (message) => this.#tell(true, message) },
          logger: this.options.logger,
        },
      );
    } catch (error) {
      return error ?? new Error('nothing was thrown');
    }
    return undefined;
  }

  async #beat(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      await delay(this.options.saveEveryMs, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.#save();
    }
  }

  /** One write after the other: an older one must not overwrite a newer one. */
  async #save(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#saveNow());
    await this.#saving;
  }

  async #saveNow(): Promise<void> {
    const { claims, leaseSeconds, logger } = this.options;
    const startedAt = performance.now();
    const lines = this.#progress.takeLines();
    try {
      const wish = await claims.save(this.run, { progress: this.#progress.snapshot(), lines }, leaseSeconds);
      if (!wish) return this.stop('lost');
      this.#renewedAt = startedAt;
      if (wish.asked) this.stop(wish.asked);
      else if (wish.isReadOnly && this.kind.changesContent) this.stop('read-only');
    } catch (err) {
      this.#progress.giveBack(lines);
      logger.warn({ err }, 'the progress of a run can not be written; trying again');
      if (this.#isLeaseOver()) this.stop('lost');
    }
  }

  async #settle(failure: unknown): Promise<void> {
    const { attempts } = this.run;
    const { maxAttempts } = this.kind;
    const outcome = outcomeOf({ stopped: this.#stopped, failure, attempts, maxAttempts });
    if (this.#stopped === undefined && failure !== undefined) {
      this.options.logger.error({ err: failure, attempt: attempts, maxAttempts }, 'run failed');
    }
    if (!outcome) return;
    this.#tellOutcome(outcome);
    await this.#write(outcome);
  }

  #tellOutcome({ state, error, delaySeconds }: JobRunOutcome): void {
    if (error === undefined) return;
    const { attempts } = this.run;
    const what = `Attempt ${attempts} of ${this.kind.maxAttempts} failed: ${error}`;
    this.#tell(true, state === 'failed' ? what : `${what} It is tried again in ${delaySeconds} seconds.`);
  }

  /** What can't be written is left to the worker that takes the run over when the lease ends. */
  async #write(outcome: JobRunOutcome): Promise<void> {
    const lines = this.#progress.takeLines();
    for (;;) {
      try {
        await this.options.claims.settle(this.run, outcome, { progress: this.#progress.snapshot(), lines });
        return;
      } catch (err) {
        this.options.logger.warn({ err }, 'the end of a run can not be written');
        if (this.#isLeaseOver()) return;
        await delay(SETTLE_AGAIN_MS);
      }
    }
  }

  #isLeaseOver(): boolean {
    return performance.now() - this.#renewedAt > this.options.leaseSeconds * 1000;
  }

  #tell(isWarning: boolean, message: string): void {
    this.#progress.log({ isWarning, message });
    this.options.logger[isWarning ? 'warn' : 'info']({}, message);
  }
}

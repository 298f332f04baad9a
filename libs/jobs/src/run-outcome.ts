import { inspect } from 'node:util';
import type { JobRunOutcome, JobRunRequest } from '@stowage/metadata';
import { z } from 'zod';
import { retryDelaySeconds } from './retry-delay.js';
import { RunFailure } from './run-failure.js';

/** Why an attempt was told to stop. `lost`: the run is another worker's now, or may be. */
export type StopReason = JobRunRequest | 'read-only' | 'process-ends' | 'lost';

export interface EndedAttempt {
  readonly stopped: StopReason | undefined;
  /** What it threw; undefined when it returned. */
  readonly failure: unknown;
  readonly attempts: number;
  readonly maxAttempts: number;
}

const MAX_CAUSE_LENGTH = 500;
const UNEXPECTED = 'Something unexpected went wrong.';

/** What becomes of a run after an attempt; undefined for one that is not the attempt's any more. */
export function outcomeOf({ stopped, failure, attempts, maxAttempts }: EndedAttempt): JobRunOutcome | undefined {
  if (stopped === 'lost') return undefined;
  if (stopped === 'cancel') return { state: 'cancelled' };
  if (stopped === 'pause') return { state: 'paused', keepsAttempt: false };
  if (stopped !== undefined) return { state: 'queued', keepsAttempt: false };
  if (failure === undefined) return { state: 'succeeded' };
  const reason = { error: wordsOf(failure), cause: causeOf(failure) };
  if (isFinal(failure) || attempts >= maxAttempts) return { state: 'failed', ...reason };
  return { state: 'queued', ...reason, delaySeconds: retryDelaySeconds(attempts) };
}

function isFinal(failure: unknown): boolean {
  // A payload or cursor that this version can't read is no better the next time.
  return failure instanceof z.ZodError || (failure instanceof RunFailure && failure.isFinal);
}

function wordsOf(failure: unknown): string {
  return failure instanceof RunFailure ? failure.message : UNEXPECTED;
}

function causeOf(failure: unknown): string | undefined {
  const cause = failure instanceof RunFailure ? failure.cause : failure;
  return cause === undefined
    ? undefined
    : (cause instanceof Error ? String(cause) : inspect(cause)).slice(0, MAX_CAUSE_LENGTH);
}

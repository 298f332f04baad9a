import { setTimeout as delay } from 'node:timers/promises';

export interface Pace {
  /** Resolves when the least time is over. */
  readonly wait: () => Promise<unknown>;
}

/** Longer than the work takes on a machine that is not overloaded. */
const LEAST_MS = 300;

const steadyPace: Pace = { wait: () => delay(LEAST_MS) };

/**
 * Ends no sooner than a fixed time after it began, whether the work succeeds or fails: how long an answer takes does not
 * tell whether there was something to do.
 */
export async function atSteadyPace<T>(work: () => Promise<T>, { wait }: Pace = steadyPace): Promise<T> {
  const [outcome] = await Promise.allSettled([work(), wait()]);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}

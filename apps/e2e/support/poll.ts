import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL_MS = 50;

export interface PollOptions {
  readonly timeoutMs?: number;
  /** Finishes "waited 30 s for …". */
  readonly what: string;
}

/** Asks again until the answer is not undefined; throws when the time is over. */
export async function poll<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  { timeoutMs = 30_000, what }: PollOptions,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s for ${what}`);
    await delay(INTERVAL_MS);
  }
}

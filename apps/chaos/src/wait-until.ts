import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 100;

/** Asks again until it is so. False when the time is over first. */
export async function waitUntil(isSo: () => Promise<boolean> | boolean, timeoutMs: number): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > end) return false;
    await delay(POLL_MS);
  }
  return true;
}

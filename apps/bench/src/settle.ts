import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { descendantsOf } from './process-memory.js';

const WINDOW_MS = 1_000;
/** Of one processor in the window. */
const QUIET_MS = 60;
const LONGEST_MS = 60_000;
/** What Linux counts processor time in, on every architecture that Node runs on. */
const TICK_MS = 10;

/**
 * Waits until a server has nothing to do any more (a second of rest), or a minute: what it does after its answers, in the
 * background, must not be at the cost of the next one's measurement.
 */
export async function settle(pid: number): Promise<void> {
  const deadline = performance.now() + LONGEST_MS;
  for (let before = processorMs(pid); performance.now() < deadline; ) {
    await delay(WINDOW_MS);
    const now = processorMs(pid);
    if (now - before <= QUIET_MS) return;
    before = now;
  }
}

/** Of the process and of what it started. */
function processorMs(pid: number): number {
  return [pid, ...descendantsOf(pid)].reduce((sum, member) => sum + ticksOf(member) * TICK_MS, 0);
}

function ticksOf(pid: number): number {
  try {
    // After the command in parentheses: state is the third field, user and system time are the 14th and 15th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0; // it has gone
  }
}

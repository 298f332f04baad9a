import { setTimeout as delay } from 'node:timers/promises';
import { now } from '../clock.js';
import type { Random } from '../random.js';

/** Something that was done to the system. */
export interface Fault {
  readonly f: string;
  readonly target: string;
  readonly tStart: number;
  /** When it was healed. */
  readonly tEnd: number;
}

/** One kind of harm, done over and over by one hand: what it breaks, it has healed before it breaks the next thing. */
export interface Lane {
  readonly name: string;
  /** Seconds between two faults, at least and at most. */
  readonly everySeconds: readonly [number, number];
  /** Does harm and heals it. Pauses with `wait`, which ends early when the run does. */
  strike(random: Random, wait: (seconds: number) => Promise<void>): Promise<{ f: string; target: string } | undefined>;
}

/**
 * Works a lane until the signal; returns when the last fault is healed. When and what is drawn; where it finds the clients
 * is not.
 */
export async function workLane(
  lane: Lane,
  random: Random,
  { signal, onFault }: { readonly signal: AbortSignal; readonly onFault: (fault: Fault) => void },
): Promise<void> {
  const wait = async (seconds: number) => {
    await delay(seconds * 1_000, undefined, { signal }).catch(() => undefined); // the end of the run ends the pause
  };
  const [least, most] = lane.everySeconds;
  for (;;) {
    await wait(least + random.fraction() * (most - least));
    if (signal.aborted) return;
    const tStart = now();
    const struck = await lane.strike(random, wait);
    if (struck) onFault({ ...struck, tStart, tEnd: now() });
  }
}

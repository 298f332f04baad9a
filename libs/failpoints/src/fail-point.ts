import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type Action, type Armed, parseArming } from './arming.js';
import type { FailPoint } from './fail-points.js';

/** What an armed fail point throws. */
export class FailPointError extends Error {
  override name = 'FailPointError';
}

const LOOK_MS = 10;

let armed: ReadonlyMap<FailPoint, Armed> = new Map();
const hits = new Map<FailPoint, number>();

/** Arms what the text names, and disarms everything else. Throws `FailPointSyntaxError`. */
export function armFailPoints(text: string | undefined): void {
  armed = text === undefined || text === '' ? new Map() : parseArming(text);
  hits.clear();
}

/**
 * A place where a test may want a crash. Costs a lookup in an empty map, and does nothing, unless the process was started
 * with `STOWAGE_FAILPOINTS`.
 */
export async function failPoint(name: FailPoint): Promise<void> {
  const point = armed.get(name);
  if (!point) return;
  const hit = (hits.get(name) ?? 0) + 1;
  hits.set(name, hit);
  if (point.hit === undefined || point.hit === hit) await perform(point.action, name);
}

async function perform(action: Action, name: FailPoint): Promise<void> {
  switch (action.kind) {
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => {}); // nothing more is done, even if the signal takes its time
    case 'error':
      throw new FailPointError(`fail point ${name}`);
    case 'delay':
      await wait(action.ms);
      return;
    case 'pause':
      writeFileSync(action.file, name);
      while (existsSync(action.file)) await wait(LOOK_MS);
  }
}

import type { RequestLoad } from './request-load.js';
import { runLoop } from './request-loop.js';
import { isWrkInstalled, runWrk } from './wrk.js';

/** Requests per second. One generator for both sides: wrk where it is installed, else our own. */
export function requestsPerSecond(load: RequestLoad): Promise<number> {
  return isWrkInstalled() ? runWrk(load) : runLoop(load);
}

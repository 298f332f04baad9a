import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type EventLoopDelays, PROBE_FILE_VARIABLE, PROBE_SIGNAL } from './event-loop-delays.js';

/**
 * Preloaded into the server that is measured (`NODE_OPTIONS=--import`): the product has no code for this. On a signal it
 * writes what it has seen since the last one.
 */
const RESOLUTION_MS = 5;
const NS_PER_MS = 1_000_000;

const file = process.env[PROBE_FILE_VARIABLE];
if (file !== undefined) {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  process.on(PROBE_SIGNAL, () => {
    // A tick that is on time comes after the resolution: what is more is delay.
    const delayMs = (ns: number) => Math.max(0, ns / NS_PER_MS - RESOLUTION_MS);
    const delays: EventLoopDelays = { p99Ms: delayMs(histogram.percentile(99)), longestMs: delayMs(histogram.max) };
    histogram.reset();
    writeFileSync(`${file}.part`, JSON.stringify(delays));
    renameSync(`${file}.part`, file);
  });
}

/** How late the event loop was, since it was asked the last time. */
export interface EventLoopDelays {
  readonly p99Ms: number;
  readonly longestMs: number;
}

/** Names the file that the answer is written to. */
export const PROBE_FILE_VARIABLE = 'BENCH_EVENT_LOOP_FILE';
export const PROBE_SIGNAL = 'SIGUSR2';

/** Milliseconds since the epoch with fractions, from a clock that never goes back. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

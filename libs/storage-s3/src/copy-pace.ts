/** A copy may take this long in one piece before pieces side by side are worth their requests. */
const PATIENCE_MS = 1_000;
/** Below this the time is that of a request, whatever its size. */
const TELLING_BYTES = 4 * 1024 * 1024;
const WEIGHT_OF_LAST = 0.5;

/**
 * How fast the service copies an object in one piece. Some note a second name for the bytes (3 GiB/s measured on Ceph, where
 * pieces would be copied byte by byte), others move them at the speed of one stream: only trying tells.
 */
export class CopyPace {
  #bytesPerMs: number | undefined;

  note(bytes: number, ms: number): void {
    if (bytes < TELLING_BYTES) return;
    const pace = bytes / Math.max(ms, 1);
    this.#bytesPerMs =
      this.#bytesPerMs === undefined ? pace : pace * WEIGHT_OF_LAST + this.#bytesPerMs * (1 - WEIGHT_OF_LAST);
  }

  /** True when an object of this size should be copied in one piece. */
  isQuickFor(bytes: number): boolean {
    return this.#bytesPerMs === undefined || bytes / this.#bytesPerMs <= PATIENCE_MS;
  }
}

/** Reads the part of an object that begins at `position`; resolves with its bytes, 0 at the end. */
export type ReadPart<Key> = (key: Key, position: number) => Promise<number>;

const IDLE_MS = 500;
const MAX_WAITING = 1_000;

interface Waiting {
  /** What is before it has been read. */
  position: number;
  isBeingPulled: boolean;
}

/**
 * Reads objects that were written past the page cache back into it, while nothing else is going on: who pulls what was
 * pushed a moment ago then gets it from memory. A favour and no promise: what fails, or is too much, is left out.
 */
export class ReadBack<Key> {
  readonly #readPart: ReadPart<Key>;
  readonly #idleMs: number;
  /** Oldest first. */
  readonly #waiting = new Map<Key, Waiting>();
  #transfers = 0;
  #timer: NodeJS.Timeout | undefined;
  #isReading = false;

  /** Nothing is read before `idleMs` without a transfer have gone by. */
  constructor(readPart: ReadPart<Key>, idleMs = IDLE_MS) {
    this.#readPart = readPart;
    this.#idleMs = idleMs;
  }

  add(key: Key): void {
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size >= MAX_WAITING && oldest !== undefined) this.#waiting.delete(oldest);
    this.#waiting.set(key, { position: 0, isBeingPulled: false });
    this.#wake();
  }

  /**
   * Somebody is about to read the whole object. True when he had better go past the cache too: it has nothing of the
   * object yet, and a page for every 4 KiB would cost him more than the disk does. The next one reads into the cache.
   */
  isOutside(key: Key): boolean {
    const object = this.#waiting.get(key);
    if (!object) return false;
    const isOutside = object.position === 0 && !object.isBeingPulled;
    if (isOutside) object.isBeingPulled = true;
    else this.#waiting.delete(key);
    return isOutside;
  }

  /** Runs a transfer: nothing is read back until it has ended. */
  async during<T>(transfer: () => Promise<T>): Promise<T> {
    this.#transfers += 1;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      return await transfer();
    } finally {
      this.#transfers -= 1;
      this.#wake();
    }
  }

  #wake(): void {
    if (this.#timer || this.#isReading || this.#transfers > 0 || this.#waiting.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#readAll();
    }, this.#idleMs).unref();
  }

  async #readAll(): Promise<void> {
    this.#isReading = true;
    for (let [next] = this.#waiting; next && this.#transfers === 0; [next] = this.#waiting) {
      const [key, object] = next;
      const bytes = await this.#readPart(key, object.position).catch(() => 0);
      object.position += bytes;
      if (bytes === 0) this.#waiting.delete(key);
    }
    this.#isReading = false;
    this.#wake();
  }
}

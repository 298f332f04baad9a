/** A few things at a time, whoever asks for them: all callers share the lanes, and take turns item by item. */
export class Lanes {
  readonly #count: number;
  readonly #queue: (() => void)[] = [];
  #busy = 0;

  constructor(count: number) {
    this.#count = count;
  }

  /** Works on all items. Rejects with the first failure, when the work that was begun is over. */
  async each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
    const waiting = items.values();
    const lane = async () => {
      for (const item of waiting) await this.#inTurn(() => work(item));
    };
    const ends = await Promise.allSettled(Array.from({ length: this.#count }, lane));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    if (this.#busy === this.#count) await new Promise<void>((resolve) => this.#queue.push(resolve));
    else this.#busy += 1;
    try {
      await work();
    } finally {
      // The lane is handed over rather than given back: nobody comes in between.
      const next = this.#queue.shift();
      if (next) next();
      else this.#busy -= 1;
    }
  }
}

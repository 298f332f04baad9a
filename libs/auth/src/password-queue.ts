/** Too many passwords wait to be checked: 503, because it is no fault of the one who came last, who may come back. */
export class PasswordQueueFullError extends Error {
  override name = 'PasswordQueueFullError';

  constructor() {
    super('too many sign-ins at this moment; try again in a few seconds');
  }
}

export interface PasswordQueueOptions {
  readonly concurrency: number;
  readonly maxQueued: number;
}

/** Runs a few tasks at a time, in order of arrival, and turns away what would wait too long. */
export class PasswordQueue {
  readonly #options: PasswordQueueOptions;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(options: PasswordQueueOptions) {
    this.#options = options;
  }

  /** Whether a task that comes now would be turned away. */
  get isFull(): boolean {
    return this.#running >= this.#options.concurrency && this.#waiting.length >= this.#options.maxQueued;
  }

  /** Throws PasswordQueueFullError without running the task. */
  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#options.concurrency) await this.#wait();
    else this.#running += 1;
    try {
      return await task();
    } finally {
      this.#leave();
    }
  }

  #wait(): Promise<void> {
    if (this.#waiting.length >= this.#options.maxQueued) throw new PasswordQueueFullError();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** The place goes straight to the next in line, so a newcomer can't slip in between. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
  }
}

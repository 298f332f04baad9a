import type { JobRunProgress, NewLogLine } from '@stowage/metadata';

export interface RunStep<Cursor> {
  /** Where to go on when the run stops here. */
  readonly cursor?: Cursor | undefined;
  /** How many items this was; 1 unless it says something else. */
  readonly items?: number | undefined;
  /** Added to what was counted before. */
  readonly counters?: Readonly<Record<string, number>> | undefined;
}

/** More would be a file, and nobody reads it; the rest is in the log of the process. */
const MAX_LINES = 2_000;
const MAX_LINE_LENGTH = 1_000;

/**
 * How far a run is. Steps are kept in memory and written every two seconds, cursor and counters together, so that a step
 * costs nothing.
 */
export class RunProgress<Cursor> {
  #done: number;
  #total: number | null;
  #counters: Record<string, number>;
  #cursor: unknown;
  #lines: NewLogLine[] = [];
  #lineCount = 0;

  constructor(
    before: JobRunProgress,
    /** Writes what there is now, and resolves when it is written. */
    readonly save: () => Promise<void>,
  ) {
    this.#done = before.done;
    this.#total = before.total;
    this.#counters = { ...before.counters };
    this.#cursor = before.cursor;
  }

  /** How many items there are in all, those of earlier attempts included. */
  expect(total: number): void {
    this.#total = total;
  }

  /** One step further; a step is what the run does before it looks at its signal again. */
  advance({ cursor, items = 1, counters = {} }: RunStep<Cursor> = {}): void {
    this.#done += items;
    if (cursor !== undefined) this.#cursor = cursor;
    for (const [name, more] of Object.entries(counters)) this.#counters[name] = (this.#counters[name] ?? 0) + more;
  }

  log(line: NewLogLine): void {
    this.#lineCount += 1;
    if (this.#lineCount > MAX_LINES) return;
    const isLast = this.#lineCount === MAX_LINES;
    const message = isLast ? 'There is more to tell than is kept here.' : line.message.slice(0, MAX_LINE_LENGTH);
    this.#lines.push({ ...line, message });
  }

  snapshot(): JobRunProgress {
    return { done: this.#done, total: this.#total, counters: { ...this.#counters }, cursor: this.#cursor };
  }

  /** The lines that are not written yet; they are whoever asks for them's to write. */
  takeLines(): NewLogLine[] {
    return this.#lines.splice(0);
  }

  /** Lines that could not be written, to be written with the next ones. */
  giveBack(lines: readonly NewLogLine[]): void {
    this.#lines.unshift(...lines);
  }
}

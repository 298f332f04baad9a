/** What has to be undone, last first, however the program ends. */
export class CleanUp {
  readonly #steps: (() => Promise<unknown>)[] = [];

  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  /** Every step runs, also after one that fails; the first failure is thrown. May be called twice at a time. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      await step().catch((cause: unknown) => failures.push(cause));
    }
    if (failures.length > 0) throw failures[0];
  }
}

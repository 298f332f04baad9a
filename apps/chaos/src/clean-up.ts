type Step = () => Promise<unknown>;

/** What has to be undone, last first, however the program ends. */
export class CleanUp {
  readonly #steps: Step[] = [];

  add(step: Step): void {
    this.#steps.push(step);
  }

  /** Every step runs, also after one that failed; the first failure is thrown. What runs already does not run twice. */
  async run(): Promise<void> {
    let failure: { readonly cause: unknown } | undefined;
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (cause) {
        failure ??= { cause };
      }
    }
    if (failure) throw failure.cause;
  }
}

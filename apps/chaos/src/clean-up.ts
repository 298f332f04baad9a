type Step = () => Promise<unknown>;

/** What has to be undone, last first, however the program ends. */
export class CleanUp {
  readonly #steps: Step[] = [];
  #run: Promise<void> | undefined;

  add(step: Step): void {
    this.#steps.push(step);
  }

  /** Every step runs once, one after the other, also after one that failed; the first failure is thrown, to every caller. */
  run(): Promise<void> {
    this.#run ??= this.#undo();
    return this.#run;
  }

  async #undo(): Promise<void> {
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

/** One thing that must hold, and whether it did. */
export interface Check {
  readonly name: string;
  /** What was looked at: the summary of a check that passed. */
  readonly summary: string;
  /** One line each; empty when it held. */
  readonly violations: readonly string[];
}

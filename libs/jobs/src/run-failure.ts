/**
 * Why a run can't go on, in words that tell a person what to do; everybody who sees the run reads them. What else is thrown
 * is told to administrators alone.
 */
export class RunFailure extends Error {
  override name = 'RunFailure';
  /** Trying again would change nothing. */
  readonly isFinal: boolean;

  constructor(message: string, { isFinal = false, cause }: { isFinal?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.isFinal = isFinal;
  }
}

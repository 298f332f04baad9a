export interface ConfigProblem {
  readonly variable: string;
  /** Names the variable and what is allowed, never the value: it may be a secret in the wrong place. */
  readonly message: string;
}

/** The environment can't be used. The message has one line for each bad variable. */
export class ConfigError extends Error {
  override name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
  }
}

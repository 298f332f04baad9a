export type PostgresStartErrorCode =
  | 'BINARIES_MISSING'
  | 'ROOT_REFUSED'
  | 'DISK_FULL'
  | 'VERSION_MISMATCH'
  | 'NOT_A_CLUSTER'
  | 'STILL_RUNNING'
  | 'FOLDER_UNUSABLE'
  | 'TIMEOUT'
  | 'FAILED';

export interface PostgresStartErrorOptions extends ErrorOptions {
  /** The last lines that PostgreSQL printed. */
  readonly log?: readonly string[];
}

/** PostgreSQL doesn't run. The message is one line and says what to do; `log` holds PostgreSQL's own last lines. */
export class PostgresStartError extends Error {
  override name = 'PostgresStartError';
  readonly log: readonly string[];

  constructor(
    readonly code: PostgresStartErrorCode,
    message: string,
    options: PostgresStartErrorOptions = {},
  ) {
    super(message, options);
    this.log = options.log ?? [];
  }
}

/** The server ended although nobody had asked it to. */
export class PostgresExitError extends Error {
  override name = 'PostgresExitError';

  constructor(
    readonly exit: string,
    readonly log: readonly string[],
  ) {
    super(`PostgreSQL ended by itself (${exit})`);
  }
}

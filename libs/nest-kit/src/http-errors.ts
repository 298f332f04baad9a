import type { Problem } from '@stowage/contracts';

/** The body could not be read as what it says it is: 400. */
export class MalformedBodyError extends Error {
  override name = 'MalformedBodyError';
  readonly statusCode = 400;
}

/** The address of the request means nothing: 400. */
export class MalformedUrlError extends Error {
  override name = 'MalformedUrlError';
  readonly statusCode = 400;
}

/** The address of the request is longer than anybody needs: 414. */
export class UrlTooLongError extends Error {
  override name = 'UrlTooLongError';
  readonly statusCode = 414;
}

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export interface ProblemOptions extends ErrorOptions {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  /** What programs are told besides (RFC 9457, section 3.2). */
  readonly members?: ProblemMembers;
}

export type ProblemMembers = Readonly<Partial<Pick<Problem, 'reason' | 'secondFactor'>>>;

/** An answer of the management API that is no success: RFC 9457. `detail` is a sentence for the person who asked. */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;
  readonly members: ProblemMembers;

  constructor(
    readonly status: number,
    readonly detail: string,
    options: ProblemOptions = {},
  ) {
    super(detail, options);
    this.errors = options.errors ?? [];
    this.headers = options.headers ?? {};
    this.members = options.members ?? {};
  }
}

/** One field is wrong: a form shows the message beside it. */
export function fieldProblem(status: number, error: FieldError, cause?: unknown): ProblemError {
  return new ProblemError(status, `${error.field}: ${error.message}`, { errors: [error], cause });
}

export function notFound(what: string): ProblemError {
  return new ProblemError(404, `${what} does not exist, or you may not see it.`);
}

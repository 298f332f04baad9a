import type { Problem } from '@stowage/contracts';

/** What a request was answered with instead of data. Its message is a sentence for a person. */
export class ApiError extends Error {
  override name = 'ApiError';
  /** RFC 9457: what the registry says of it, with the fields that it is about; absent when something else answered. */
  readonly problem: Problem | undefined;

  constructor(
    /** Of HTTP; 0 when there was no answer at all. */
    readonly status: number,
    message: string,
    { problem, ...options }: ErrorOptions & { readonly problem?: Problem } = {},
  ) {
    super(message, options);
    this.problem = problem;
  }
}

/** The answer is none that the schema of its route allows: the registry is another version than this client. */
export class BrokenContractError extends ApiError {
  override name = 'BrokenContractError';

  constructor(status: number, route: string, options: ErrorOptions) {
    super(status, `The registry answered ${route} in a form that this client does not know.`, options);
  }
}

export function isApiError(error: unknown, status?: number): error is ApiError {
  return error instanceof ApiError && (status === undefined || error.status === status);
}

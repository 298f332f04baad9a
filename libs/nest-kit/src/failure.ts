import { HttpException } from '@nestjs/common';
import { OciError } from '@stowage/oci';
import { type FieldError, ProblemError, type ProblemMembers } from './http-errors.js';

/** Any error, reduced to what an answer needs. */
export interface Failure {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: readonly FieldError[];
  readonly members: ProblemMembers;
  /** Set when the error has a place in the specification's table already. */
  readonly oci: OciError | undefined;
  /** True for defects: logged with the stack, and the client is told nothing. */
  readonly isDefect: boolean;
}

const RETRY_LATER = { 'Retry-After': '5' };
/** Errors of the layers below that mean "not now", by name: this package knows neither Postgres nor storage. */
const UNAVAILABLE = new Set(['DatabaseUnavailableError', 'StorageUnavailableError', 'PasswordQueueFullError']);

/** The one place that decides which status an error means. */
export function toFailure(error: unknown): Failure {
  if (error instanceof OciError) return known(error.status, error.message, { headers: error.headers, oci: error });
  if (error instanceof ProblemError) {
    const { headers, errors, members } = error;
    return known(error.status, error.detail, { headers, errors, members });
  }
  if (isForLater(error)) {
    const headers = { 'Retry-After': String(error.retryAfterSeconds) };
    return known(FOR_LATER[error.name] ?? 503, error.message, { headers });
  }
  return storeFailure(error) ?? otherFailure(error);
}

/** Postgres, storage or another part that can't do its work. */
function storeFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  if (UNAVAILABLE.has(error.name)) {
    return known(503, 'The service can not answer just now; try again in a few seconds.', { headers: RETRY_LATER });
  }
  if (error.name !== 'StorageFullError') return undefined;
  return known(507, 'The storage of this registry is full; its operator has to make room. Pulls go on.');
}

function otherFailure(error: unknown): Failure {
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  if (status !== undefined && status >= 400 && status < 500) return known(status, messageOf(error));
  return { ...known(500, 'Something went wrong on our side.'), isDefect: true };
}

/** Errors that say themselves what to tell, and when to come again. */
const FOR_LATER: Readonly<Record<string, number>> = {
  RateLimitedError: 429,
  TooManyAttemptsError: 429,
  ReadOnlyError: 503,
};

/** By name, like the ones above. */
function isForLater(error: unknown): error is Error & { readonly retryAfterSeconds: number } {
  return error instanceof Error && error.name in FOR_LATER && 'retryAfterSeconds' in error;
}

/** Fastify's errors (`FST_ERR_*`) and Node's carry their status. */
function statusOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The request is not acceptable.';
}

function known(status: number, message: string, rest: Partial<Failure> = {}): Failure {
  return { status, message, headers: {}, errors: [], members: {}, oci: undefined, isDefect: false, ...rest };
}

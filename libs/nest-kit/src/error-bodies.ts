import { STATUS_CODES } from 'node:http';
import { PROBLEM_MEDIA_TYPE, type Problem } from '@stowage/contracts';
import { OciError, type OciErrorCode } from '@stowage/oci';
import type { Failure } from './failure.js';

export interface ErrorBody {
  readonly contentType: string;
  readonly body: object;
}

/** How an app words its errors. */
export type ErrorFormat = (failure: Failure, requestId: string) => ErrorBody;

/** Codes for failures that come from below the specification's table: a bad URL, an unknown route. */
const CODE_BY_STATUS: Record<number, OciErrorCode> = {
  400: 'NAME_INVALID',
  401: 'UNAUTHORIZED',
  403: 'DENIED',
  404: 'NAME_UNKNOWN',
  405: 'UNSUPPORTED',
  413: 'SIZE_INVALID',
  414: 'NAME_INVALID',
  416: 'RANGE_INVALID',
  429: 'TOOMANYREQUESTS',
  503: 'UNAVAILABLE',
  507: 'UNAVAILABLE',
};

/** distribution-spec, "Error Codes". */
export const ociErrorFormat: ErrorFormat = (failure) => {
  const code = CODE_BY_STATUS[failure.status] ?? (failure.status < 500 ? 'UNSUPPORTED' : 'UNKNOWN');
  const error = failure.oci ?? new OciError(code, { message: failure.message });
  return { contentType: 'application/json', body: error.toBody() };
};

/** RFC 9457. */
export const problemFormat: ErrorFormat = (failure, requestId) => {
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[failure.status] ?? 'Error',
    status: failure.status,
    detail: failure.message,
    requestId,
    ...failure.members,
    ...(failure.errors.length > 0 ? { errors: [...failure.errors] } : {}),
  };
  return { contentType: PROBLEM_MEDIA_TYPE, body: problem };
};

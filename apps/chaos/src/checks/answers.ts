import type { Operation } from '../history/operation.js';
import type { Check } from './check.js';

/** What may refuse a request that is well formed and allowed. */
const REFUSALS: Readonly<Record<number, readonly (string | undefined)[]>> = {
  400: ['DIGEST_INVALID', 'MANIFEST_BLOB_UNKNOWN'],
  403: ['DENIED'],
  404: [undefined, 'BLOB_UNKNOWN', 'BLOB_UPLOAD_UNKNOWN', 'MANIFEST_UNKNOWN', 'NAME_UNKNOWN'],
  416: ['RANGE_INVALID'],
  429: ['TOOMANYREQUESTS'],
};

/** I12: what goes wrong inside is "not now" with a time to come back, and never 500. */
export function checkAnswers(operations: readonly Operation[]): Check {
  const answered = operations.filter(({ answer }) => answer !== undefined);
  const postponed = answered.filter(({ answer }) => answer?.status === 503).length;
  return {
    name: 'no answer but those of the contract, 503 only with Retry-After (I12)',
    summary: `${answered.length} answers, ${postponed} of them 503`,
    violations: answered.filter((operation) => !isExpected(operation)).map(describe),
  };
}

function isExpected({ answer }: Operation): boolean {
  if (answer === undefined || answer.status < 300) return true;
  if (answer.status === 503) return answer.retryAfter !== undefined;
  return REFUSALS[answer.status]?.includes(answer.code) ?? false;
}

function describe({ f, repository, key, replica, tStart, answer }: Operation): string {
  const at = new Date(tStart).toISOString();
  return `${at} registry ${replica}, ${f} ${repository} ${JSON.stringify(key)}: ${answer?.status} ${answer?.text}`;
}

/** I4: what a digest names has that digest. */
export function checkBytes(operations: readonly Operation[]): Check {
  const reads = operations.filter(({ f, answer }) => /^get-(blob|manifest)$/.test(f) && answer?.status === 200);
  return {
    name: 'no read gave bytes that are not what their digest says (I4)',
    summary: `${reads.length} downloads`,
    violations: reads.flatMap(({ f, repository, key, replica, answer }) =>
      answer?.damage === undefined
        ? []
        : [`registry ${replica}, ${f} ${repository} ${JSON.stringify(key)}: ${answer.damage}`],
    ),
  };
}

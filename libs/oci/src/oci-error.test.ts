import { describe, expect, it } from 'vitest';
import { OCI_ERROR_CODES, type OciErrorCode } from './error-codes.js';
import { OciError } from './oci-error.js';

/** distribution-spec, "Error Codes": code-1 … code-14, and the status that the specification names for each. */
const SPECIFIED: [OciErrorCode, number][] = [
  ['BLOB_UNKNOWN', 404],
  ['BLOB_UPLOAD_INVALID', 400],
  ['BLOB_UPLOAD_UNKNOWN', 404],
  ['DIGEST_INVALID', 400],
  ['MANIFEST_BLOB_UNKNOWN', 400],
  ['MANIFEST_INVALID', 400],
  ['MANIFEST_UNKNOWN', 404],
  ['NAME_INVALID', 400],
  ['NAME_UNKNOWN', 404],
  ['SIZE_INVALID', 400],
  ['UNAUTHORIZED', 401],
  ['DENIED', 403],
  ['UNSUPPORTED', 405],
  ['TOOMANYREQUESTS', 429],
];

describe('OciError', () => {
  it.each(SPECIFIED)('%s is answered with %i (P30)', (code, status) => {
    expect(new OciError(code).status).toBe(status);
  });

  it.each(Object.keys(OCI_ERROR_CODES) as OciErrorCode[])(
    '%s is upper-case letters and underscores with a message of its own (P30)',
    (code) => {
      expect(code).toMatch(/^[A-Z_]+$/);
      expect(new OciError(code).toBody()).toEqual({ errors: [{ code, message: OCI_ERROR_CODES[code].message }] });
    },
  );

  it('carries message, detail, headers and cause', () => {
    const cause = new Error('inner');
    const error = new OciError('DENIED', { message: 'no', detail: { a: 1 }, headers: { 'Retry-After': '5' }, cause });
    expect(error.toBody()).toEqual({ errors: [{ code: 'DENIED', message: 'no', detail: { a: 1 } }] });
    expect(error).toMatchObject({ name: 'OciError', headers: { 'Retry-After': '5' }, cause });
  });
});

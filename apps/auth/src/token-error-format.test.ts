import type { Failure } from '@stowage/nest-kit';
import { describe, expect, it } from 'vitest';
import { tokenErrorFormat } from './token-error-format.js';

const failure = (status: number, field?: string): Failure => ({
  status,
  message: 'the reason',
  headers: {},
  errors: field === undefined ? [] : [{ field, message: 'the reason' }],
  members: {},
  oci: undefined,
  isDefect: status === 500,
});

describe('tokenErrorFormat', () => {
  it.each([
    [400, undefined, 'invalid_request', 'UNSUPPORTED'],
    [400, 'grant_type', 'unsupported_grant_type', 'UNSUPPORTED'],
    [401, undefined, 'invalid_grant', 'UNAUTHORIZED'],
    [404, undefined, 'invalid_request', 'UNSUPPORTED'],
    [429, undefined, 'temporarily_unavailable', 'TOOMANYREQUESTS'],
    [413, undefined, 'invalid_request', 'UNSUPPORTED'],
    [500, undefined, 'server_error', 'UNKNOWN'],
    [503, undefined, 'temporarily_unavailable', 'UNAVAILABLE'],
  ])('words a %d about %s as %s and %s', (status, field, oauth, oci) => {
    const { contentType, body } = tokenErrorFormat(failure(status, field), 'request-id');
    expect(contentType).toBe('application/json');
    expect(body).toEqual({
      error: oauth,
      error_description: 'the reason',
      errors: [{ code: oci, message: 'the reason' }],
    });
  });

  it('says how a form is sent', () => {
    expect(tokenErrorFormat(failure(415), 'request-id').body).toMatchObject({
      error_description: expect.stringContaining('application/x-www-form-urlencoded'),
    });
  });
});

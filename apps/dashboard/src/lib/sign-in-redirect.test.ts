import { describe, expect, it } from 'vitest';
import { ApiError } from './api/api-error';
import { signInRedirect } from './sign-in-redirect';

describe('signInRedirect', () => {
  const unauthorized = new ApiError(401, 'Sign in');

  it('comes back to the page that was open', () => {
    expect(signInRedirect(unauthorized, '/n/acme/r/app/-/tags/v1?platform=linux/arm64')).toBe(
      '/n/acme/r/app/-/tags/v1?platform=linux/arm64',
    );
  });

  it('leaves a wrong password to the form', () => {
    expect(signInRedirect(unauthorized, '/sign-in?next=/x')).toBeUndefined();
  });

  it.each([new ApiError(403, 'No'), new ApiError(0, 'Offline'), new TypeError('bug')])('is not for %s', (error) => {
    expect(signInRedirect(error, '/')).toBeUndefined();
  });
});

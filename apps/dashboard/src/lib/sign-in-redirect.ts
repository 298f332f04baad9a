import { isApiError } from './api/api-error';
import { safeNextPath } from './next-path';

/**
 * The one place that decides what a 401 means: the session is over, so sign in and come back here. On the sign-in pages
 * a 401 is a wrong password, which their forms say themselves; there the answer is undefined.
 */
export function signInRedirect(error: unknown, href: string): string | undefined {
  return isApiError(error, 401) ? safeNextPath(href) : undefined;
}

import { safeNextPath } from '../../lib/next-path';

/** What a search parameter says, if it is there and says something. */
export const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** Where to go after the page, if that is one of our own. */
export const withNext = (search: Record<string, unknown>): { next?: string } => {
  const next = safeNextPath(search.next);
  return next ? { next } : {};
};

import { type Session, sessionRoutes } from '@stowage/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { isApiError } from '../../../lib/api/api-error';
import { request } from '../../../lib/api/client';

/** Null when nobody is signed in: that is an answer here, not an error. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    // Asked first, because a browser reports every 401 in its console.
    const { signedIn } = await request(sessionRoutes.getSetup, { signal });
    if (!signedIn) return null;
    try {
      return await request(sessionRoutes.getSession, { signal });
    } catch (error) {
      if (isApiError(error, 401)) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export function useUser() {
  return useQuery(sessionQuery).data?.user;
}

import { accessTokenRoutes, repositoryRoutes } from '@stowage/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Baseline, baselineOf, type Progress, progressOf } from '../../features/first-push/components/progress';
import { request } from '../../lib/api/client';

const POLL_MS = 1500;

/** Watches for the login and the push. It has a key of its own, so that the lists of other pages don't flicker with it. */
export function usePushProgress(namespace: string, createdTokenId: string | undefined) {
  const [baseline, setBaseline] = useState<Baseline>();
  const [arrived, setArrived] = useState(false);
  const query = useQuery({
    queryKey: ['first-push', namespace],
    queryFn: async ({ signal }) => {
      const [tokens, repositories] = await Promise.all([
        request(accessTokenRoutes.listAccessTokens, { signal }),
        request(repositoryRoutes.listRepositories, { params: { namespace }, signal }),
      ]);
      return { tokens: tokens.items, repositories: repositories.items };
    },
    refetchInterval: arrived ? false : POLL_MS,
    // People are in the terminal while this runs.
    refetchIntervalInBackground: true,
    gcTime: 0,
    staleTime: 0,
  });
  const seen = query.data;
  if (seen && !baseline) setBaseline(baselineOf(seen));
  const progress: Progress =
    seen && baseline ? progressOf(seen, baseline, createdTokenId) : { loggedIn: false, arrived: undefined };
  if (progress.arrived && !arrived) setArrived(true);
  const queryClient = useQueryClient();
  useEffect(() => {
    // The counts and the usage around the page have changed with the push.
    if (arrived)
      for (const key of ['namespaces', 'repositories']) void queryClient.invalidateQueries({ queryKey: [key] });
  }, [arrived, queryClient]);
  return { ...progress, offline: query.isError };
}

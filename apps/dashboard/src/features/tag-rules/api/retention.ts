import { type RetentionPolicy, retentionRoutes } from '@stowage/contracts';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';
import { keyOf, type RulesOwner } from './owner';

const PAGE_SIZE = 20;

export const retentionQuery = (owner: RulesOwner) =>
  queryOptions({
    queryKey: keyOf(owner, 'retention'),
    queryFn: ({ signal }) => {
      const { namespace, repository } = owner;
      return repository === null
        ? request(retentionRoutes.getRetention, { params: { namespace }, signal })
        : request(retentionRoutes.getRepositoryRetention, { params: { namespace, repository }, signal });
    },
  });

export function useSetRetention(owner: RulesOwner) {
  const queryClient = useQueryClient();
  const { namespace, repository } = owner;
  return useMutation({
    mutationFn: (policy: RetentionPolicy | null) =>
      repository === null
        ? request(retentionRoutes.setRetention, { params: { namespace }, body: { policy } })
        : request(retentionRoutes.setRepositoryRetention, { params: { namespace, repository }, body: { policy } }),
    // Not waited for: the form is another one afterwards, and has nothing to say.
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['namespaces', namespace, 'tag-rules'] }),
  });
}

export function useRunRetention(owner: RulesOwner) {
  const queryClient = useQueryClient();
  const { namespace, repository } = owner;
  return useMutation({
    mutationFn: () =>
      repository === null
        ? request(retentionRoutes.runRetention, { params: { namespace } })
        : request(retentionRoutes.runRepositoryRetention, { params: { namespace, repository } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(owner, 'results') }),
  });
}

export type ShownVerdict = 'delete' | 'keep';

/** What a policy would do with each tag, while it is being written. */
export const retentionPreviewQuery = (owner: RulesOwner, policy: RetentionPolicy | null, verdict: ShownVerdict) =>
  infiniteQueryOptions({
    queryKey: keyOf(owner, 'retention-preview', verdict, JSON.stringify(policy)),
    queryFn: ({ pageParam: cursor, signal }) => {
      const { namespace, repository } = owner;
      const parts = { query: { limit: PAGE_SIZE, cursor, verdict }, body: { policy }, signal };
      return repository === null
        ? request(retentionRoutes.previewRetention, { params: { namespace }, ...parts })
        : request(retentionRoutes.previewRepositoryRetention, { params: { namespace, repository }, ...parts });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const retentionResultsQuery = (owner: RulesOwner) => {
  const { namespace, repository } = owner;
  const filter = repository === null ? {} : { repository };
  return keysetQuery(keyOf(owner, 'results'), retentionRoutes.listRetentionResults, { params: { namespace }, filter });
};

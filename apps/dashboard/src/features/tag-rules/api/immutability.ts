import { type ImmutabilityRule, immutabilityRoutes, type RepositoryImmutability } from '@stowage/contracts';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keyOf, type RulesOwner } from './owner';

const PAGE_SIZE = 20;

export interface ImmutabilityInForce extends Omit<RepositoryImmutability, 'rules'> {
  readonly rules: readonly ImmutabilityRule[];
}

export const immutabilityQuery = (owner: RulesOwner) =>
  queryOptions({
    queryKey: keyOf(owner, 'immutability'),
    queryFn: async ({ signal }): Promise<ImmutabilityInForce> => {
      const { namespace, repository } = owner;
      if (repository === null) {
        const found = await request(immutabilityRoutes.getImmutability, { params: { namespace }, signal });
        return { ...found, inherited: false };
      }
      const params = { namespace, repository };
      const found = await request(immutabilityRoutes.getRepositoryImmutability, { params, signal });
      return { ...found, rules: found.rules.map((rule) => ({ ...rule, repositories: ['**'] })) };
    },
  });

/** Null: a repository takes the rules of its namespace again. */
export function useSetImmutability(owner: RulesOwner) {
  const queryClient = useQueryClient();
  const { namespace, repository } = owner;
  return useMutation({
    mutationFn: async (rules: readonly ImmutabilityRule[] | null): Promise<void> => {
      if (repository === null) {
        await request(immutabilityRoutes.setImmutability, {
          params: { namespace },
          body: { rules: [...(rules ?? [])] },
        });
      } else {
        const params = { namespace, repository };
        await request(immutabilityRoutes.setRepositoryImmutability, { params, body: { rules: withoutPaths(rules) } });
      }
    },
    // Not waited for: the form is another one afterwards, and has nothing to say.
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['namespaces', namespace, 'tag-rules'] }),
  });
}

/** What rules would hold, while they are being written. */
export const immutabilityPreviewQuery = (owner: RulesOwner, rules: readonly ImmutabilityRule[] | null) =>
  infiniteQueryOptions({
    queryKey: keyOf(owner, 'immutability-preview', JSON.stringify(rules)),
    queryFn: ({ pageParam: cursor, signal }) => {
      const { namespace, repository } = owner;
      const query = { limit: PAGE_SIZE, cursor };
      return repository === null
        ? request(immutabilityRoutes.previewImmutability, {
            params: { namespace },
            query,
            body: { rules: [...(rules ?? [])] },
            signal,
          })
        : request(immutabilityRoutes.previewRepositoryImmutability, {
            params: { namespace, repository },
            query,
            body: { rules: withoutPaths(rules) },
            signal,
          });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

function withoutPaths(rules: readonly ImmutabilityRule[] | null) {
  return rules?.map(({ tags, except }) => ({ tags, except })) ?? null;
}

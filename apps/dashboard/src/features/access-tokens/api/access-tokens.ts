import { type AccessTokenQuery, accessTokenRoutes, type CreateAccessToken } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keyOfFilter, type ListFilter } from '../../../components/ui/use-list-filter';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

const KEY = 'access-tokens';

export const accessTokensQuery = (filter: ListFilter<AccessTokenQuery['sort']> = {}) =>
  keysetQuery([KEY, ...keyOfFilter(filter)], accessTokenRoutes.listAccessTokens, { filter });

export function useCreateAccessToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateAccessToken) => request(accessTokenRoutes.createAccessToken, { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
    // The answer holds the secret: it must not outlive the component that shows it.
    gcTime: 0,
  });
}

export function useRevokeAccessToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(accessTokenRoutes.deleteAccessToken, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

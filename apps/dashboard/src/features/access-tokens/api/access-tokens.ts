import { accessTokenRoutes, type CreateAccessToken } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

export const accessTokensQuery = keysetQuery(['access-tokens'], accessTokenRoutes.listAccessTokens);

export function useCreateAccessToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateAccessToken) => request(accessTokenRoutes.createAccessToken, { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accessTokensQuery.queryKey }),
    // The answer holds the secret: it must not outlive the component that shows it.
    gcTime: 0,
  });
}

export function useRevokeAccessToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(accessTokenRoutes.deleteAccessToken, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accessTokensQuery.queryKey }),
  });
}

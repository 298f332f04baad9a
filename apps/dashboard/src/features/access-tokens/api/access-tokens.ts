import { accessTokenSchema, type CreateAccessToken, createdAccessTokenSchema, paths } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

export const accessTokensQuery = keysetQuery(['access-tokens'], paths.accessTokens, accessTokenSchema);

export function useCreateAccessToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateAccessToken) =>
      request(createdAccessTokenSchema, paths.accessTokens, { method: 'POST', body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accessTokensQuery.queryKey }),
    // The answer holds the secret: it must not outlive the component that shows it.
    gcTime: 0,
  });
}

export function useRevokeAccessToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => requestNothing(paths.accessToken(id), { method: 'DELETE' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accessTokensQuery.queryKey }),
  });
}

import { accountRoutes } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

export const refreshTokensQuery = queryOptions({
  queryKey: ['refresh-tokens'],
  queryFn: ({ signal }) => request(accountRoutes.listRefreshTokens, { signal }),
});

export function useEndRefreshToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(accountRoutes.endRefreshToken, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: refreshTokensQuery.queryKey }),
  });
}

import { paths, refreshTokenListSchema } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';

export const refreshTokensQuery = queryOptions({
  queryKey: ['refresh-tokens'],
  queryFn: ({ signal }) => request(refreshTokenListSchema, paths.refreshTokens, { signal }),
});

export function useEndRefreshToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => requestNothing(paths.refreshToken(id), { method: 'DELETE' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: refreshTokensQuery.queryKey }),
  });
}

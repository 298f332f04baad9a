import { paths, rotatedSigningKeySchema, signingKeyListSchema } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';

const REFRESH_MS = 15_000;

/** Looked at again by itself: keys change their state by the clock. */
export const signingKeysQuery = queryOptions({
  queryKey: ['signing-keys'],
  queryFn: ({ signal }) => request(signingKeyListSchema, paths.signingKeys, { signal }),
  refetchInterval: REFRESH_MS,
});

export function useRotateSigningKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => request(rotatedSigningKeySchema, paths.signingKeys, { method: 'POST' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: signingKeysQuery.queryKey }),
  });
}

export function useRemoveSigningKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (kid: string) => requestNothing(paths.signingKey(kid), { method: 'DELETE' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: signingKeysQuery.queryKey }),
  });
}

import { administrationRoutes } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

const REFRESH_MS = 15_000;

/** Looked at again by itself: keys change their state by the clock. */
export const signingKeysQuery = queryOptions({
  queryKey: ['signing-keys'],
  queryFn: ({ signal }) => request(administrationRoutes.listSigningKeys, { signal }),
  refetchInterval: REFRESH_MS,
});

export function useRotateSigningKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => request(administrationRoutes.rotateSigningKey),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: signingKeysQuery.queryKey }),
  });
}

export function useRemoveSigningKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (kid: string) => request(administrationRoutes.removeSigningKey, { params: { kid } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: signingKeysQuery.queryKey }),
  });
}

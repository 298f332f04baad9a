import { readOnlyRoutes } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

const REFRESH_MS = 30_000;
const KEY = 'read-only';

/** What concerns the caller; looked at again by itself, so that the notice comes and goes. */
export const readOnlyQuery = queryOptions({
  queryKey: [KEY, 'mine'],
  queryFn: ({ signal }) => request(readOnlyRoutes.listReadOnlyModes, { signal }),
  refetchInterval: REFRESH_MS,
  staleTime: REFRESH_MS / 2,
});

export const allReadOnlyQuery = queryOptions({
  queryKey: [KEY, 'all'],
  queryFn: ({ signal }) => request(readOnlyRoutes.listRegistryReadOnlyModes, { signal }),
  refetchInterval: REFRESH_MS,
});

/** `namespace` null is the whole registry. */
export function useBeginReadOnly() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ namespace, message }: { readonly namespace: string | null; readonly message: string }) =>
      namespace === null
        ? request(readOnlyRoutes.putRegistryReadOnlyMode, { body: { message } })
        : request(readOnlyRoutes.putNamespaceReadOnlyMode, { params: { namespace }, body: { message } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

export function useEndReadOnly() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (namespace: string | null) =>
      namespace === null
        ? request(readOnlyRoutes.endRegistryReadOnlyMode)
        : request(readOnlyRoutes.endNamespaceReadOnlyMode, { params: { namespace } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

import { tagHistoryRoutes, trashRoutes } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

export const trashQuery = (namespace: string) =>
  keysetQuery(['trash', namespace], trashRoutes.listTrash, { params: { namespace } });

export const trashedNamespacesQuery = queryOptions({
  queryKey: ['trashed-namespaces'],
  queryFn: async ({ signal }) => (await request(trashRoutes.listTrashedNamespaces, { signal })).items,
});

/** What comes back or goes may be on any page that is open. */
function useRefreshEverything() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries();
}

export interface Restoration {
  readonly id: string;
  readonly leaveTaken?: boolean;
}

export function useRestore(namespace: string) {
  const refresh = useRefreshEverything();
  return useMutation({
    mutationFn: ({ id, leaveTaken = false }: Restoration) =>
      request(trashRoutes.restoreFromTrash, { params: { namespace, id }, body: { leaveTaken } }),
    onSuccess: refresh,
  });
}

export function usePurge(namespace: string) {
  const refresh = useRefreshEverything();
  return useMutation({
    mutationFn: (id: string) => request(trashRoutes.purgeFromTrash, { params: { namespace, id } }),
    onSuccess: refresh,
  });
}

export function useRestoreNamespace() {
  const refresh = useRefreshEverything();
  return useMutation({
    mutationFn: (id: string) => request(trashRoutes.restoreNamespace, { params: { id } }),
    onSuccess: refresh,
  });
}

export function usePurgeNamespace() {
  const refresh = useRefreshEverything();
  return useMutation({
    mutationFn: (id: string) => request(trashRoutes.purgeNamespace, { params: { id } }),
    onSuccess: refresh,
  });
}

export interface TagRef {
  readonly namespace: string;
  readonly repository: string;
  readonly tag: string;
}

export const tagHistoryQuery = ({ namespace, repository, tag }: TagRef) =>
  keysetQuery(['tag-history', namespace, repository, tag], tagHistoryRoutes.listTagHistory, {
    params: { namespace, repository, tag },
  });

export function useRestoreTag(params: TagRef) {
  const refresh = useRefreshEverything();
  return useMutation({
    mutationFn: (digest: string) => request(tagHistoryRoutes.restoreTag, { params: { ...params }, body: { digest } }),
    onSuccess: refresh,
  });
}

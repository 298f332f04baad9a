import { managedTrashRoutes } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

/** Of any namespace; for administrators. */
export const managedTrashQuery = (namespace: string) =>
  keysetQuery(['managed-trash', namespace], managedTrashRoutes.listManagedTrash, { params: { namespace } });

interface Help {
  readonly id: string;
  /** Stands in the namespace's log. */
  readonly reason: string;
}

export function useManagedRestore(namespace: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: Help) =>
      request(managedTrashRoutes.restoreManagedTrash, { params: { namespace, id }, body: { reason } }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

export function useManagedPurge(namespace: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: Help) =>
      request(managedTrashRoutes.purgeManagedTrash, { params: { namespace, id }, body: { reason } }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

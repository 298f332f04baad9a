import { type BulkFilter, trashRoutes } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

interface RepositoryRef {
  readonly namespace: string;
  readonly name: string;
}

export function useBulkPreview({ namespace, name: repository }: RepositoryRef) {
  return useMutation({
    mutationFn: (body: BulkFilter) =>
      request(trashRoutes.previewBulkDeletion, { params: { namespace, repository }, body }),
  });
}

export function useBulkDeletion({ namespace, name: repository }: RepositoryRef) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BulkFilter) =>
      request(trashRoutes.startBulkDeletion, { params: { namespace, repository }, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['tags', namespace, repository] }),
  });
}

export function useRestoreRun(namespace: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(trashRoutes.restoreRun, { params: { namespace, id } }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

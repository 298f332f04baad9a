import { moveRoutes } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

export function useRequestTransfer(namespace: string, name: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (to: string) =>
      request(moveRoutes.requestTransfer, { params: { namespace, repository: name }, body: { to } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['transfers', namespace] }),
  });
}

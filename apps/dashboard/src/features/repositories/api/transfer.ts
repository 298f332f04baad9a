import { paths } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { requestNothing } from '../../../lib/api/client';

export function useRequestTransfer(namespace: string, name: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (to: string) =>
      requestNothing(paths.transferRequest(namespace, name), { method: 'POST', body: { to } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['transfers', namespace] }),
  });
}

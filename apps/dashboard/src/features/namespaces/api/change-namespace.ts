import { namespaceRoutes, type UpdateNamespace } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { namespaceQuery } from './get-namespace';

export function useUpdateNamespace(name: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateNamespace) =>
      request(namespaceRoutes.updateNamespace, { params: { namespace: name }, body }),
    onSuccess: (namespace) => {
      queryClient.setQueryData(namespaceQuery(name).queryKey, namespace);
      return queryClient.invalidateQueries({ queryKey: ['namespaces'], exact: true });
    },
  });
}

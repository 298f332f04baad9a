import { namespaceSchema, paths, type UpdateNamespace } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { namespaceQuery } from './get-namespace';

export function useUpdateNamespace(name: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateNamespace) => request(namespaceSchema, paths.namespace(name), { method: 'PATCH', body }),
    onSuccess: (namespace) => {
      queryClient.setQueryData(namespaceQuery(name).queryKey, namespace);
      return queryClient.invalidateQueries({ queryKey: ['namespaces'], exact: true });
    },
  });
}

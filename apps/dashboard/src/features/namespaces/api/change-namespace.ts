import { namespaceRoutes, type UpdateNamespace } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { requestTagged } from '../../../lib/api/client';
import type { IfMatch } from '../../../lib/api/if-match';
import { namespaceQuery } from './get-namespace';

export function useUpdateNamespace(name: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ ifMatch, ...body }: UpdateNamespace & IfMatch) =>
      requestTagged(namespaceRoutes.updateNamespace, { params: { namespace: name }, body, ifMatch }),
    onSuccess: (namespace) => {
      queryClient.setQueryData(namespaceQuery(name).queryKey, namespace);
      return queryClient.invalidateQueries({ queryKey: ['namespaces'], exact: true });
    },
  });
}

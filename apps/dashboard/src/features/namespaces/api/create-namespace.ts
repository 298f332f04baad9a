import { type createNamespaceSchema, namespaceSchema, paths } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../../../lib/api/client';

export function useCreateNamespace() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof createNamespaceSchema>) =>
      request(namespaceSchema, paths.namespaces, { method: 'POST', body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['namespaces'] }),
  });
}

import { type CreateRepository, repositoryRoutes, type UpdateRepository } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestTagged } from '../../../lib/api/client';
import type { IfMatch } from '../../../lib/api/if-match';
import { repositoryQuery } from './get-repository';

export function useCreateRepository(namespace: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateRepository) => request(repositoryRoutes.createRepository, { params: { namespace }, body }),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['repositories', namespace] }),
        queryClient.invalidateQueries({ queryKey: ['namespaces'] }),
      ]),
  });
}

export function useUpdateRepository(namespace: string, name: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ ifMatch, ...body }: UpdateRepository & IfMatch) =>
      requestTagged(repositoryRoutes.updateRepository, { params: { namespace, repository: name }, body, ifMatch }),
    onSuccess: (repository) => {
      queryClient.setQueryData(repositoryQuery(namespace, name).queryKey, repository);
      return queryClient.invalidateQueries({ queryKey: ['repositories', namespace] });
    },
  });
}

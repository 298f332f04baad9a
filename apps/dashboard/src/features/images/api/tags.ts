import { repositoryRoutes } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

export interface RepositoryId {
  readonly namespace: string;
  readonly name: string;
}

export const tagsQuery = ({ namespace, name }: RepositoryId) =>
  keysetQuery(['tags', namespace, name], repositoryRoutes.listTags, { params: { namespace, repository: name } });

export const tagQuery = ({ namespace, name }: RepositoryId, tag: string) =>
  queryOptions({
    queryKey: ['tag', namespace, name, tag],
    queryFn: ({ signal }) => request(repositoryRoutes.getTag, { params: { namespace, repository: name, tag }, signal }),
  });

export function useDeleteTag({ namespace, name }: RepositoryId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (tag: string) => request(repositoryRoutes.deleteTag, { params: { namespace, repository: name, tag } }),
    onSuccess: () =>
      Promise.all(
        [
          ['tags', namespace, name],
          ['repository', namespace, name],
          ['repositories', namespace],
        ].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
      ),
  });
}

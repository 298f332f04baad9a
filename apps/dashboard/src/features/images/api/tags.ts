import { paths, tagSchema } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

export interface RepositoryId {
  readonly namespace: string;
  readonly name: string;
}

export const tagsQuery = ({ namespace, name }: RepositoryId) =>
  keysetQuery(['tags', namespace, name], paths.tags(namespace, name), tagSchema);

export const tagQuery = ({ namespace, name }: RepositoryId, tag: string) =>
  queryOptions({
    queryKey: ['tag', namespace, name, tag],
    queryFn: ({ signal }) => request(tagSchema, paths.tag(namespace, name, tag), { signal }),
  });

export function useDeleteTag({ namespace, name }: RepositoryId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (tag: string) => requestNothing(paths.tag(namespace, name, tag), { method: 'DELETE' }),
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

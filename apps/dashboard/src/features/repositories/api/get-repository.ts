import { paths, repositorySchema } from '@stowage/contracts';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

export const repositoryQuery = (namespace: string, name: string) =>
  queryOptions({
    queryKey: ['repository', namespace, name],
    queryFn: ({ signal }) => request(repositorySchema, paths.repository(namespace, name), { signal }),
  });

import { repositoryRoutes } from '@stowage/contracts';
import { queryOptions } from '@tanstack/react-query';
import { requestTagged } from '../../../lib/api/client';

export const repositoryQuery = (namespace: string, name: string) =>
  queryOptions({
    queryKey: ['repository', namespace, name],
    queryFn: ({ signal }) =>
      requestTagged(repositoryRoutes.getRepository, { params: { namespace, repository: name }, signal }),
  });

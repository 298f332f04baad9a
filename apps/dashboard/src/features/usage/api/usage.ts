import { namespaceRoutes } from '@stowage/contracts';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

export const usageDetailsQuery = (namespace: string) =>
  queryOptions({
    queryKey: ['namespaces', namespace, 'usage', 'details'],
    queryFn: ({ signal }) => request(namespaceRoutes.getUsage, { params: { namespace }, signal }),
  });

export const repositoryUsageQuery = (namespace: string) =>
  keysetQuery(['namespaces', namespace, 'usage', 'repositories'], namespaceRoutes.listRepositoryUsage, {
    params: { namespace },
  });

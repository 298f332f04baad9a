import { namespaceRoutes } from '@stowage/contracts';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

export const namespaceQuery = (name: string) =>
  queryOptions({
    queryKey: ['namespaces', name],
    queryFn: ({ signal }) => request(namespaceRoutes.getNamespace, { params: { namespace: name }, signal }),
  });

export const usageQuery = (name: string) =>
  queryOptions({
    queryKey: ['namespaces', name, 'usage'],
    queryFn: ({ signal }) => request(namespaceRoutes.getUsageSummary, { params: { namespace: name }, signal }),
  });

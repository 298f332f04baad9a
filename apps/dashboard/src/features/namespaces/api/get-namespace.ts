import { namespaceRoutes } from '@stowage/contracts';
import { queryOptions } from '@tanstack/react-query';
import { request, requestTagged } from '../../../lib/api/client';

export const namespaceQuery = (name: string) =>
  queryOptions({
    queryKey: ['namespaces', name],
    queryFn: ({ signal }) => requestTagged(namespaceRoutes.getNamespace, { params: { namespace: name }, signal }),
  });

export const usageQuery = (name: string) =>
  queryOptions({
    queryKey: ['namespaces', name, 'usage'],
    queryFn: ({ signal }) => request(namespaceRoutes.getUsageSummary, { params: { namespace: name }, signal }),
  });

import { namespaceSchema, paths, usageSchema } from '@stowage/contracts';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

export const namespaceQuery = (name: string) =>
  queryOptions({
    queryKey: ['namespaces', name],
    queryFn: ({ signal }) => request(namespaceSchema, paths.namespace(name), { signal }),
  });

export const usageQuery = (name: string) =>
  queryOptions({
    queryKey: ['namespaces', name, 'usage'],
    queryFn: ({ signal }) => request(usageSchema, paths.usage(name), { signal }),
  });

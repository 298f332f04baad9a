import { MAX_PAGE_SIZE, namespaceRoutes } from '@stowage/contracts';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

/** The namespaces that the caller belongs to, in one page: the switcher filters among all of them. */
export const namespacesQuery = queryOptions({
  queryKey: ['namespaces'],
  queryFn: ({ signal }) => request(namespaceRoutes.listNamespaces, { query: { limit: MAX_PAGE_SIZE }, signal }),
  select: (page) => page.items,
});

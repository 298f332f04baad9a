import { MAX_PAGE_SIZE, namespaceSchema, pageOf, paths } from '@stowage/contracts';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

const schema = pageOf(namespaceSchema);

/** The namespaces that the caller belongs to, in one page: the switcher filters among all of them. */
export const namespacesQuery = queryOptions({
  queryKey: ['namespaces'],
  queryFn: ({ signal }) => request(schema, paths.namespaces, { query: { limit: MAX_PAGE_SIZE }, signal }),
  select: (page) => page.items,
});

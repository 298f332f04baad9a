import { jobAdministrationRoutes } from '@stowage/contracts';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

const REFRESH_MS = 15_000;

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => request(jobAdministrationRoutes.getOverview, { signal }),
  refetchInterval: REFRESH_MS,
  staleTime: REFRESH_MS / 2,
});

import { signUpRoutes } from '@stowage/contracts';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

/** The texts that everybody is told. Where they are, `serverInfoQuery` says. */
export const legalQuery = queryOptions({
  queryKey: ['legal'],
  queryFn: ({ signal }) => request(signUpRoutes.getLegal, { signal }),
});

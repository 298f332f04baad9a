import { administrationRoutes } from '@stowage/contracts';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

const REFRESH_MS = 15_000;

/** Looked at again by itself: new events are sealed by the clock. */
export const auditChainQuery = queryOptions({
  queryKey: ['audit-chain'],
  queryFn: ({ signal }) => request(administrationRoutes.getAuditChain, { signal }),
  refetchInterval: REFRESH_MS,
});

/** Reads the whole log, so only when somebody asks. */
export function useVerifyAuditChain() {
  return useMutation({ mutationFn: () => request(administrationRoutes.verifyAuditChain) });
}

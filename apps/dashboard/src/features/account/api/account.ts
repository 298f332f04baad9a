import { accountRoutes, type ChangePassword } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

export const accountSessionsQuery = queryOptions({
  queryKey: ['account-sessions'],
  queryFn: ({ signal }) => request(accountRoutes.listSessions, { signal }),
});

/** Ends one session; all but this one without an id. */
export function useEndSession() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string | undefined) =>
      id === undefined
        ? request(accountRoutes.endOtherSessions)
        : request(accountRoutes.endSession, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountSessionsQuery.queryKey }),
  });
}

/** Other sessions and all access tokens end with it, so whatever lists them is asked for again. */
export function useChangePassword() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: ChangePassword) => request(accountRoutes.changePassword, { body }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: accountSessionsQuery.queryKey });
      await queryClient.invalidateQueries({ queryKey: ['access-tokens'] });
      await queryClient.invalidateQueries({ queryKey: ['refresh-tokens'] });
    },
  });
}

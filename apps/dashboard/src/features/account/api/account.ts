import { accountSessionListSchema, type ChangePassword, paths } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';

export const accountSessionsQuery = queryOptions({
  queryKey: ['account-sessions'],
  queryFn: ({ signal }) => request(accountSessionListSchema, paths.accountSessions, { signal }),
});

/** Ends one session; all but this one without an id. */
export function useEndSession() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string | undefined) =>
      requestNothing(id === undefined ? paths.accountSessions : paths.accountSession(id), { method: 'DELETE' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountSessionsQuery.queryKey }),
  });
}

/** Other sessions and all access tokens end with it, so whatever lists them is asked for again. */
export function useChangePassword() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: ChangePassword) => requestNothing(paths.password, { method: 'POST', body }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: accountSessionsQuery.queryKey });
      await queryClient.invalidateQueries({ queryKey: ['access-tokens'] });
      await queryClient.invalidateQueries({ queryKey: ['refresh-tokens'] });
    },
  });
}

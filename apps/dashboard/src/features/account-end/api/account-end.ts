import { accountEndSchema, type DeleteAccount, paths } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';

/** Asked for when somebody is about to go, and never kept: it may be another thing a moment later. */
export const accountEndQuery = queryOptions({
  queryKey: ['account-end'],
  queryFn: ({ signal }) => request(accountEndSchema, paths.accountDeletion, { signal }),
  staleTime: 0,
  gcTime: 0,
});

/** Whoever is there afterwards is nobody. */
export function useDeleteAccount() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: DeleteAccount) => requestNothing(paths.accountDeletion, { method: 'POST', body }),
    onSuccess: () => {
      queryClient.clear();
      queryClient.setQueryData(['session'], null);
    },
  });
}

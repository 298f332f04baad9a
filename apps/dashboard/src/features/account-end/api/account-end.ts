import { accountEndRoutes, type DeleteAccount } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

/** Asked for when somebody is about to go, and never kept: it may be another thing a moment later. */
export const accountEndQuery = queryOptions({
  queryKey: ['account-end'],
  queryFn: ({ signal }) => request(accountEndRoutes.getAccountEnd, { signal }),
  staleTime: 0,
  gcTime: 0,
});

/** Whoever is there afterwards is nobody. */
export function useDeleteAccount() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: DeleteAccount) => request(accountEndRoutes.deleteAccount, { body }),
    onSuccess: () => {
      queryClient.clear();
      queryClient.setQueryData(['session'], null);
    },
  });
}

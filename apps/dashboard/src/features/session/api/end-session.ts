import { sessionRoutes } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { isApiError } from '../../../lib/api/api-error';
import { request } from '../../../lib/api/client';
import { sessionQuery } from './get-session';

export function useSignOut() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      request(sessionRoutes.signOut).catch((error: unknown) => {
        // The session has ended already, which is what was asked for.
        if (!isApiError(error, 401)) throw error;
      }),
    onSuccess: () => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, null);
    },
  });
}

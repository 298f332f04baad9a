import { paths } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { isApiError } from '../../../lib/api/api-error';
import { requestNothing } from '../../../lib/api/client';
import { sessionQuery } from './get-session';

export function useSignOut() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      requestNothing(paths.session, { method: 'DELETE' }).catch((error: unknown) => {
        // The session has ended already, which is what was asked for.
        if (!isApiError(error, 401)) throw error;
      }),
    onSuccess: () => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, null);
    },
  });
}

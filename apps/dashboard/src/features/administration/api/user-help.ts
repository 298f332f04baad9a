import { paths, sessionSchema } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';

/** From here on every request is the user's, so that nothing that was loaded before counts. */
export function useActAs() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (username: string) => request(sessionSchema, paths.acting(username), { method: 'POST' }),
    onSuccess: (session) => {
      queryClient.clear();
      queryClient.setQueryData(['session'], session);
    },
  });
}

export function useResetFactors() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (username: string) => requestNothing(paths.managedFactors(username), { method: 'DELETE' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['managed-users'] }),
  });
}

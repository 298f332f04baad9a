import { paths, sessionSchema } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';

/** From here on every request is the user's: load the page anew, so that nothing stays of what was loaded before. */
export const useActAs = () =>
  useMutation({
    mutationFn: (username: string) => request(sessionSchema, paths.acting(username), { method: 'POST' }),
  });

export function useResetFactors() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (username: string) => requestNothing(paths.managedFactors(username), { method: 'DELETE' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['managed-users'] }),
  });
}

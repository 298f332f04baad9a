import { administrationRoutes } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

/** From here on every request is the user's: load the page anew, so that nothing stays of what was loaded before. */
export const useActAs = () =>
  useMutation({
    mutationFn: (username: string) => request(administrationRoutes.actAs, { params: { username } }),
  });

export function useResetFactors() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (username: string) => request(administrationRoutes.resetSecondFactors, { params: { username } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['managed-users'] }),
  });
}

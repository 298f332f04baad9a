import { type CreatePasswordReset, recoveryAdministrationRoutes } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

const KEY = ['pending-links'];

export const pendingLinksQuery = keysetQuery(KEY, recoveryAdministrationRoutes.listPendingLinks);

export function useRevealLink() {
  return useMutation({
    mutationFn: (id: string) => request(recoveryAdministrationRoutes.revealPendingLink, { params: { id } }),
  });
}

export function useCreatePasswordReset() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ username, ...body }: CreatePasswordReset & { readonly username: string }) =>
      request(recoveryAdministrationRoutes.createPasswordReset, { params: { username }, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: KEY }),
  });
}

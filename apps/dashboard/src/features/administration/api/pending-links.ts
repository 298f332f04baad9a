import {
  createdPasswordResetSchema,
  type CreatePasswordReset,
  paths,
  pendingLinkSchema,
  revealedLinkSchema,
} from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

const KEY = ['pending-links'];

export const pendingLinksQuery = keysetQuery(KEY, paths.pendingLinks, pendingLinkSchema);

export function useRevealLink() {
  return useMutation({
    mutationFn: (id: string) => request(revealedLinkSchema, paths.revealPendingLink(id), { method: 'POST' }),
  });
}

export function useCreatePasswordReset() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ username, ...body }: CreatePasswordReset & { readonly username: string }) =>
      request(createdPasswordResetSchema, paths.userPasswordResets(username), { method: 'POST', body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: KEY }),
  });
}

import { type CreateSignUpInvitation, type PutSettings, signUpRoutes } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestTagged } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';
import type { IfMatch } from '../../../lib/api/if-match';
import { serverInfoQuery } from '../../../lib/api/server-info';

const INVITATIONS = ['sign-up-invitations'];

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => requestTagged(signUpRoutes.getSettings, { signal }),
});

export const signUpInvitationsQuery = keysetQuery(INVITATIONS, signUpRoutes.listSignUpInvitations);

/** The sign-in pages say it too, so what they know of the server is asked for again. */
export function usePutSettings() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ ifMatch, ...body }: PutSettings & IfMatch) =>
      requestTagged(signUpRoutes.putSettings, { body, ifMatch }),
    onSuccess: async (settings) => {
      queryClient.setQueryData(settingsQuery.queryKey, settings);
      await queryClient.invalidateQueries({ queryKey: serverInfoQuery.queryKey });
    },
  });
}

export function useInvite() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateSignUpInvitation) => request(signUpRoutes.createSignUpInvitation, { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: INVITATIONS }),
  });
}

export function useRenewSignUpInvitation() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(signUpRoutes.renewSignUpInvitation, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: INVITATIONS }),
  });
}

export function useTakeBackInvitation() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(signUpRoutes.deleteSignUpInvitation, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: INVITATIONS }),
  });
}

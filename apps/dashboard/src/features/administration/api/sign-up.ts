import {
  createdSignUpInvitationSchema,
  type CreateSignUpInvitation,
  paths,
  type PutSettings,
  settingsSchema,
  signUpInvitationSchema,
} from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';
import { serverInfoQuery } from '../../../lib/api/server-info';

const INVITATIONS = ['sign-up-invitations'];

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => request(settingsSchema, paths.settings, { signal }),
});

export const signUpInvitationsQuery = keysetQuery(INVITATIONS, paths.signUpInvitations, signUpInvitationSchema);

/** The sign-in pages say it too, so what they know of the server is asked for again. */
export function usePutSettings() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: PutSettings) => request(settingsSchema, paths.settings, { method: 'PUT', body }),
    onSuccess: async (settings) => {
      queryClient.setQueryData(settingsQuery.queryKey, settings);
      await queryClient.invalidateQueries({ queryKey: serverInfoQuery.queryKey });
    },
  });
}

export function useInvite() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateSignUpInvitation) =>
      request(createdSignUpInvitationSchema, paths.signUpInvitations, { method: 'POST', body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: INVITATIONS }),
  });
}

export function useTakeBackInvitation() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => requestNothing(paths.signUpInvitation(id), { method: 'DELETE' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: INVITATIONS }),
  });
}

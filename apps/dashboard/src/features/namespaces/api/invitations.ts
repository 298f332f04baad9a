import {
  acceptedInvitationSchema,
  type CreateInvitation,
  createdInvitationSchema,
  invitationOfferSchema,
  invitationSchema,
  pageOf,
  paths,
} from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';

const listSchema = pageOf(invitationSchema);
const keyOf = (namespace: string) => ['invitations', namespace];

export const invitationsQuery = (namespace: string) =>
  queryOptions({
    queryKey: keyOf(namespace),
    queryFn: ({ signal }) => request(listSchema, paths.invitations(namespace), { signal }),
    select: (page) => page.items,
  });

function useInvitationMutation<Input, Answer>(namespace: string, run: (input: Input) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(namespace) }),
  });
}

export const useCreateInvitation = (namespace: string) =>
  useInvitationMutation(namespace, (body: CreateInvitation) =>
    request(createdInvitationSchema, paths.invitations(namespace), { method: 'POST', body }),
  );

/** A new link; the old one ends. */
export const useRenewInvitation = (namespace: string) =>
  useInvitationMutation(namespace, (id: string) =>
    request(createdInvitationSchema, paths.invitationRenewal(namespace, id), { method: 'POST' }),
  );

export const useRevokeInvitation = (namespace: string) =>
  useInvitationMutation(namespace, (id: string) =>
    requestNothing(paths.invitation(namespace, id), { method: 'DELETE' }),
  );

export const invitationOfferQuery = (code: string) =>
  queryOptions({
    queryKey: ['invitation-offer', code],
    queryFn: ({ signal }) => request(invitationOfferSchema, paths.invitationOffer(code), { signal }),
    retry: false,
  });

export function useAcceptInvitation() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (code: string) =>
      request(acceptedInvitationSchema, paths.invitationAcceptance(code), { method: 'POST' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['namespaces'] }),
  });
}

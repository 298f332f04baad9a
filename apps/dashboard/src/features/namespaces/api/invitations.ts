import { type CreateInvitation, invitationRoutes } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

const keyOf = (namespace: string) => ['invitations', namespace];

export const invitationsQuery = (namespace: string) =>
  queryOptions({
    queryKey: keyOf(namespace),
    queryFn: ({ signal }) => request(invitationRoutes.listInvitations, { params: { namespace }, signal }),
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
    request(invitationRoutes.createInvitation, { params: { namespace }, body }),
  );

/** A new link; the old one ends. */
export const useRenewInvitation = (namespace: string) =>
  useInvitationMutation(namespace, (id: string) =>
    request(invitationRoutes.renewInvitation, { params: { namespace, id } }),
  );

export const useRevokeInvitation = (namespace: string) =>
  useInvitationMutation(namespace, (id: string) =>
    request(invitationRoutes.deleteInvitation, { params: { namespace, id } }),
  );

export const invitationOfferQuery = (code: string) =>
  queryOptions({
    queryKey: ['invitation-offer', code],
    queryFn: ({ signal }) => request(invitationRoutes.getInvitation, { params: { code }, signal }),
    retry: false,
  });

export function useAcceptInvitation() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => request(invitationRoutes.acceptInvitation, { params: { code } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['namespaces'] }),
  });
}

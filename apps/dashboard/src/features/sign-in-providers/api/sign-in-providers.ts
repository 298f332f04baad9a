import {
  type CompleteProviderSignIn,
  type CreateProviderAccount,
  type LinkIdentity,
  type ProviderSignIn,
  signInProviderRoutes,
} from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { useBeginSession } from '../../session/api/start-session';

export const signInProvidersQuery = queryOptions({
  queryKey: ['sign-in-providers'],
  queryFn: ({ signal }) => request(signInProviderRoutes.listSignInProviders, { signal }),
  staleTime: 5 * 60_000,
});

export const identitiesQuery = queryOptions({
  queryKey: ['account', 'identities'],
  queryFn: ({ signal }) => request(signInProviderRoutes.listIdentities, { signal }),
});

interface ProviderSignInStart {
  readonly provider: string;
  readonly next: string | undefined;
  /** The code that lets somebody in who has no account yet. */
  readonly invitation?: string | undefined;
  /** The provider asks for the password there, although it knows this browser. */
  readonly again?: boolean;
}

/** Leaves for the provider's page. */
export function useStartProviderSignIn() {
  return useMutation({
    mutationFn: ({ provider, next, invitation, again }: ProviderSignInStart) =>
      request(signInProviderRoutes.startProviderSignIn, {
        params: { provider },
        body: { ...(next ? { next } : {}), ...(invitation ? { invitation } : {}), ...(again ? { again } : {}) },
      }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

/** Leaves for the provider's page, to come back with the account there linked to this one. */
export function useLinkIdentity() {
  return useMutation({
    mutationFn: (provider: LinkIdentity['provider']) =>
      request(signInProviderRoutes.linkIdentity, { body: { provider } }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

export function useUnlinkIdentity() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(signInProviderRoutes.unlinkIdentity, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: identitiesQuery.queryKey }),
  });
}

function useSignIn<Input>(signIn: (body: Input) => Promise<ProviderSignIn>) {
  const begin = useBeginSession();
  return useMutation({
    mutationFn: signIn,
    onSuccess: (done) => {
      if (done.outcome === 'signed-in') begin({ user: done.user });
    },
    gcTime: 0,
  });
}

export const useCompleteProviderSignIn = () =>
  useSignIn((body: CompleteProviderSignIn) => request(signInProviderRoutes.completeProviderSignIn, { body }));
export const useCreateProviderAccount = () =>
  useSignIn((body: CreateProviderAccount) => request(signInProviderRoutes.createProviderAccount, { body }));

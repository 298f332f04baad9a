import {
  type CompleteProviderSignIn,
  type CreateProviderAccount,
  externalIdentityListSchema,
  type LinkIdentity,
  paths,
  providerPageSchema,
  type ProviderSignIn,
  providerSignInSchema,
  signInProviderListSchema,
} from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';
import { useBeginSession } from '../../session/api/start-session';

export const signInProvidersQuery = queryOptions({
  queryKey: ['sign-in-providers'],
  queryFn: ({ signal }) => request(signInProviderListSchema, paths.signInProviders, { signal }),
  staleTime: 5 * 60_000,
});

export const identitiesQuery = queryOptions({
  queryKey: ['account', 'identities'],
  queryFn: ({ signal }) => request(externalIdentityListSchema, paths.identities, { signal }),
});

/** Leaves for the provider's page. */
export function useStartProviderSignIn() {
  return useMutation({
    mutationFn: ({ provider, next }: { provider: string; next: string | undefined }) =>
      request(providerPageSchema, paths.providerSignIns(provider), { method: 'POST', body: next ? { next } : {} }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

/** Leaves for the provider's page, to come back with the account there linked to this one. */
export function useLinkIdentity() {
  return useMutation({
    mutationFn: (provider: LinkIdentity['provider']) =>
      request(providerPageSchema, paths.identities, { method: 'POST', body: { provider } }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

export function useUnlinkIdentity() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => requestNothing(paths.identity(id), { method: 'DELETE' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: identitiesQuery.queryKey }),
  });
}

function useSignIn<T>(path: string) {
  const begin = useBeginSession();
  return useMutation({
    mutationFn: (body: T): Promise<ProviderSignIn> => request(providerSignInSchema, path, { method: 'POST', body }),
    onSuccess: (done) => {
      if (done.outcome === 'signed-in') begin({ user: done.user });
    },
    gcTime: 0,
  });
}

export const useCompleteProviderSignIn = () => useSignIn<CompleteProviderSignIn>(paths.providerSignInCompletion);
export const useCreateProviderAccount = () => useSignIn<CreateProviderAccount>(paths.providerAccount);

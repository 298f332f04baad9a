import {
  accountEmailSchema,
  type ChangeEmail,
  type CompletePasswordReset,
  confirmedEmailSchema,
  paths,
  type RequestPasswordReset,
} from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';

export const accountEmailQuery = queryOptions({
  queryKey: ['account-email'],
  queryFn: ({ signal }) => request(accountEmailSchema, paths.accountEmail, { signal }),
});

export function useRequestPasswordReset() {
  return useMutation({
    mutationFn: (body: RequestPasswordReset) => requestNothing(paths.passwordResets, { method: 'POST', body }),
  });
}

/** Every session ends with it, also one of this browser. */
export function useCompletePasswordReset() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: CompletePasswordReset) => requestNothing(paths.completePasswordReset, { method: 'POST', body }),
    onSuccess: () => queryClient.clear(),
  });
}

export function useConfirmEmail() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (code: string) =>
      request(confirmedEmailSchema, paths.emailConfirmations, { method: 'POST', body: { code } }),
    // The address may be that of whoever is signed in here.
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

function useAddressChange<T = void>(change: (input: T) => Promise<unknown>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountEmailQuery.queryKey }),
  });
}

export const useChangeEmail = () =>
  useAddressChange((body: ChangeEmail) => requestNothing(paths.accountEmail, { method: 'POST', body }));
export const useKeepEmail = () => useAddressChange(() => requestNothing(paths.accountEmail, { method: 'DELETE' }));
export const useSendVerification = () =>
  useAddressChange(() => requestNothing(paths.emailVerification, { method: 'POST' }));

import {
  type ChangeEmail,
  type CompletePasswordReset,
  recoveryRoutes,
  type RequestPasswordReset,
} from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

export const accountEmailQuery = queryOptions({
  queryKey: ['account-email'],
  queryFn: ({ signal }) => request(recoveryRoutes.getAccountEmail, { signal }),
});

export function useRequestPasswordReset() {
  return useMutation({
    mutationFn: (body: RequestPasswordReset) => request(recoveryRoutes.requestPasswordReset, { body }),
  });
}

/** Every session ends with it, also one of this browser. */
export function useCompletePasswordReset() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: CompletePasswordReset) => request(recoveryRoutes.completePasswordReset, { body }),
    onSuccess: () => queryClient.clear(),
  });
}

export function useConfirmEmail() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => request(recoveryRoutes.confirmEmail, { body: { code } }),
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
  useAddressChange((body: ChangeEmail) => request(recoveryRoutes.changeAccountEmail, { body }));
export const useKeepEmail = () => useAddressChange(() => request(recoveryRoutes.cancelAccountEmail));
export const useSendVerification = () => useAddressChange(() => request(recoveryRoutes.sendEmailVerification));

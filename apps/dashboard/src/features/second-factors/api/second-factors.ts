import {
  type DisableTotp,
  enabledTotpSchema,
  type EnableTotp,
  paths,
  recoveryCodesSchema,
  secondFactorsSchema,
  totpKeySchema,
} from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';

export const secondFactorsQuery = queryOptions({
  queryKey: ['second-factors'],
  queryFn: ({ signal }) => request(secondFactorsSchema, paths.secondFactors, { signal }),
});

/** Something that changes the factors, after which they are asked for again. */
export function useFactorChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: secondFactorsQuery.queryKey }),
  });
}

/** Never asked for by itself: each answer is another key. */
export function useTotpKey() {
  return useMutation({ mutationFn: () => request(totpKeySchema, paths.totpKey, { method: 'POST' }) });
}

export const useEnableTotp = () =>
  useFactorChange((body: EnableTotp) => request(enabledTotpSchema, paths.totp, { method: 'PUT', body }));

export const useDisableTotp = () =>
  useFactorChange((body: DisableTotp) => requestNothing(paths.totpRemoval, { method: 'POST', body }));

export const useReplaceRecoveryCodes = () =>
  useFactorChange(() => request(recoveryCodesSchema, paths.recoveryCodes, { method: 'POST' }));

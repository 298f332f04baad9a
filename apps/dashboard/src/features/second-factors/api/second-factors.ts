import { type EnableTotp, secondFactorRoutes } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

export const secondFactorsQuery = queryOptions({
  queryKey: ['second-factors'],
  queryFn: ({ signal }) => request(secondFactorRoutes.getSecondFactors, { signal }),
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
  return useMutation({ mutationFn: () => request(secondFactorRoutes.createTotpKey) });
}

export const useEnableTotp = () =>
  useFactorChange((body: EnableTotp) => request(secondFactorRoutes.enableTotp, { body }));

export const useDisableTotp = () => useFactorChange(() => request(secondFactorRoutes.disableTotp));

export const useReplaceRecoveryCodes = () => useFactorChange(() => request(secondFactorRoutes.replaceRecoveryCodes));

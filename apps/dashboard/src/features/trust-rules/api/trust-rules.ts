import { type CreateTrustRule, paths, trustRuleSchema, trustRuleTestSchema } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

const keyOf = (namespace: string) => ['namespaces', namespace, 'trust-rules'];

export const trustRulesQuery = (namespace: string) =>
  keysetQuery(keyOf(namespace), paths.trustRules(namespace), trustRuleSchema);

export function useCreateTrustRule(namespace: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateTrustRule) =>
      request(trustRuleSchema, paths.trustRules(namespace), { method: 'POST', body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(namespace) }),
  });
}

export function useDeleteTrustRule(namespace: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => requestNothing(paths.trustRule(namespace, id), { method: 'DELETE' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(namespace) }),
  });
}

export function useTestTrustRules(namespace: string) {
  return useMutation({
    mutationFn: (token: string) =>
      request(trustRuleTestSchema, paths.trustRuleTest(namespace), { method: 'POST', body: { token } }),
    // A token that was pasted must not outlive the page that tests it.
    gcTime: 0,
  });
}

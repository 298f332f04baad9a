import { type CreateTrustRule, trustRuleRoutes } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

const keyOf = (namespace: string) => ['namespaces', namespace, 'trust-rules'];

export const trustRulesQuery = (namespace: string) =>
  keysetQuery(keyOf(namespace), trustRuleRoutes.listTrustRules, { params: { namespace } });

export function useCreateTrustRule(namespace: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateTrustRule) => request(trustRuleRoutes.createTrustRule, { params: { namespace }, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(namespace) }),
  });
}

export function useDeleteTrustRule(namespace: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(trustRuleRoutes.deleteTrustRule, { params: { namespace, id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(namespace) }),
  });
}

export function useTestTrustRules(namespace: string) {
  return useMutation({
    mutationFn: (token: string) => request(trustRuleRoutes.testTrustRules, { params: { namespace }, body: { token } }),
    // A token that was pasted must not outlive the page that tests it.
    gcTime: 0,
  });
}

import { administrationRoutes, type ChangePlan, type CreatePlan } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

const KEY = ['plans'];
/** What a plan says counts for namespaces at once. */
const NAMESPACES = ['managed-namespaces'];

export const plansQuery = queryOptions({
  queryKey: KEY,
  queryFn: async ({ signal }) => (await request(administrationRoutes.listPlans, { signal })).items,
});

function useChange<Input>(change: (input: Input) => Promise<unknown>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all([KEY, NAMESPACES].map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  });
}

export const useCreatePlan = () => useChange((body: CreatePlan) => request(administrationRoutes.createPlan, { body }));

export const useChangePlan = () =>
  useChange(({ plan, body }: { plan: string; body: ChangePlan }) =>
    request(administrationRoutes.changePlan, { params: { plan }, body }),
  );

export const useDeletePlan = () =>
  useChange((plan: string) => request(administrationRoutes.deletePlan, { params: { plan } }));

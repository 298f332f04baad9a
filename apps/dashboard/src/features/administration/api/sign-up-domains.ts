import { type AddSignUpDomains, type DomainList, MAX_DOMAINS_AT_ONCE, signUpRoutes } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

const KEY = 'sign-up-domains';

/** Those of a list whose name contains `search`; all when it is empty. */
export function signUpDomainsQuery(list: DomainList, search: string) {
  return keysetQuery([KEY, list, search], signUpRoutes.listSignUpDomains, { filter: { list, search } });
}

/** As many requests as it takes; how many of them were not on the list before. */
export function useAddDomains() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ list, domains }: AddSignUpDomains) => {
      let added = 0;
      for (let start = 0; start < domains.length; start += MAX_DOMAINS_AT_ONCE) {
        const body = { list, domains: domains.slice(start, start + MAX_DOMAINS_AT_ONCE) };
        added += (await request(signUpRoutes.addSignUpDomains, { body })).added;
      }
      return added;
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

export function useDeleteDomain() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (domain: string) => request(signUpRoutes.deleteSignUpDomain, { params: { domain } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

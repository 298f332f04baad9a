import { administrationRoutes, type PutQuota } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

const KEY = 'managed-namespaces';

/** Those whose name contains `search`; all when it is empty. */
export function managedNamespacesQuery(search: string) {
  const filter: Record<string, string> = search === '' ? {} : { search };
  return keysetQuery([KEY, search], administrationRoutes.listManagedNamespaces, { filter });
}

/** Makes somebody an owner of an organisation. */
export function useTakeOver() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (params: { namespace: string; username: string }) =>
      request(administrationRoutes.takeOverNamespace, { params }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

export function useSetQuota() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ name, ...body }: PutQuota & { name: string }) =>
      request(administrationRoutes.putQuota, { params: { namespace: name }, body }),
    onSuccess: () => Promise.all([[KEY], ['plans']].map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  });
}

export function useRequestRecount() {
  return useMutation({ mutationFn: () => request(administrationRoutes.requestRecount, { body: {} }) });
}

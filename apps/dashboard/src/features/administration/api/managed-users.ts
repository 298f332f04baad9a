import { administrationRoutes, type ChangeUser, type ManagedUser } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

const KEY = 'managed-users';

/** Those whose name or address contains `search`; all when it is empty. */
export function managedUsersQuery(search: string) {
  const filter: Record<string, string> = search === '' ? {} : { search };
  return keysetQuery([KEY, search], administrationRoutes.listUsers, { filter });
}

export function useChangeUser() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ username, ...body }: ChangeUser & Pick<ManagedUser, 'username'>) =>
      request(administrationRoutes.changeUser, { params: { username }, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

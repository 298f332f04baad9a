import { type AccessGrant, grantRoutes } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

export const userGrantsQuery = (namespace: string) =>
  keysetQuery(['user-grants', namespace], grantRoutes.listUserGrants, { params: { namespace } });

/** Replaces all that the person holds; an empty list ends them. */
export function usePutUserGrants(namespace: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ username, grants }: { username: string; grants: AccessGrant[] }) =>
      request(grantRoutes.putUserGrants, { params: { namespace, username }, body: { grants } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['user-grants', namespace] }),
  });
}

import { type AccessGrant, paths, userGrantsSchema } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { requestNothing } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

export const userGrantsQuery = (namespace: string) =>
  keysetQuery(['user-grants', namespace], paths.userGrants(namespace), userGrantsSchema);

/** Replaces all that the person holds; an empty list ends them. */
export function usePutUserGrants(namespace: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ username, grants }: { username: string; grants: AccessGrant[] }) =>
      requestNothing(paths.userGrant(namespace, username), { method: 'PUT', body: { grants } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['user-grants', namespace] }),
  });
}

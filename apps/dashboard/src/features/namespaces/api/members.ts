import { memberSchema, paths, type Role } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { requestNothing } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

export const membersQuery = (namespace: string) =>
  keysetQuery(['namespaces', namespace, 'members'], paths.members(namespace), memberSchema);

function useMemberMutation<T>(run: (input: T) => Promise<void>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: run,
    // The namespace itself counts its members, so everything about it is asked for again.
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['namespaces'] }),
  });
}

/** Adds a member or changes a role. */
export const usePutMember = (namespace: string) =>
  useMemberMutation(({ username, role }: { username: string; role: Role }) =>
    requestNothing(paths.member(namespace, username), { method: 'PUT', body: { role } }),
  );

export const useRemoveMember = (namespace: string) =>
  useMemberMutation((username: string) => requestNothing(paths.member(namespace, username), { method: 'DELETE' }));

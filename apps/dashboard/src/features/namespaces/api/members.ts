import { type MemberQuery, memberRoutes, type Role } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keyOfFilter, type ListFilter } from '../../../components/ui/use-list-filter';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

export const membersQuery = (namespace: string, filter: ListFilter<MemberQuery['sort']> = {}) =>
  keysetQuery(['namespaces', namespace, 'members', ...keyOfFilter(filter)], memberRoutes.listMembers, {
    params: { namespace },
    filter,
  });

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
    request(memberRoutes.putMember, { params: { namespace, username }, body: { role } }),
  );

export const useRemoveMember = (namespace: string) =>
  useMemberMutation((username: string) => request(memberRoutes.removeMember, { params: { namespace, username } }));

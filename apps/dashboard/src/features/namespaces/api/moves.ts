import { moveRoutes } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

export const aliasesQuery = (namespace: string) =>
  queryOptions({
    queryKey: ['aliases', namespace],
    queryFn: ({ signal }) => request(moveRoutes.listAliases, { params: { namespace }, signal }),
    select: (page) => page.items,
  });

export const transfersQuery = (namespace: string) =>
  queryOptions({
    queryKey: ['transfers', namespace],
    queryFn: ({ signal }) => request(moveRoutes.listTransfers, { params: { namespace }, signal }),
    select: (page) => page.items,
  });

/** Everything is called differently afterwards: `onRenamed` goes to the new address, and then everything is asked for again. */
export function useRenameNamespace(namespace: string, onRenamed: (name: string) => Promise<void>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => request(moveRoutes.renameNamespace, { params: { namespace }, body: { name } }),
    onSuccess: async ({ name }) => {
      await onRenamed(name);
      await queryClient.invalidateQueries();
    },
  });
}

function useMove<Input, Answer>(run: (input: Input) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: () =>
      Promise.all(
        ['aliases', 'transfers', 'repositories', 'namespaces'].map((key) =>
          queryClient.invalidateQueries({ queryKey: [key] }),
        ),
      ),
  });
}

export const useGiveUpAlias = (namespace: string) =>
  useMove((alias: string) => request(moveRoutes.deleteAlias, { params: { namespace, alias } }));

export const useAcceptTransfer = (namespace: string) =>
  useMove((id: string) => request(moveRoutes.acceptTransfer, { params: { namespace, id } }));

/** Declines an offer, or takes it back. */
export const useEndTransfer = (namespace: string) =>
  useMove((id: string) => request(moveRoutes.endTransfer, { params: { namespace, id } }));

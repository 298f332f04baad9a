import {
  acceptedTransferSchema,
  aliasSchema,
  namespaceSchema,
  pageOf,
  paths,
  transferSchema,
} from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';

const aliasesSchema = pageOf(aliasSchema);
const transfersSchema = pageOf(transferSchema);

export const aliasesQuery = (namespace: string) =>
  queryOptions({
    queryKey: ['aliases', namespace],
    queryFn: ({ signal }) => request(aliasesSchema, paths.aliases(namespace), { signal }),
    select: (page) => page.items,
  });

export const transfersQuery = (namespace: string) =>
  queryOptions({
    queryKey: ['transfers', namespace],
    queryFn: ({ signal }) => request(transfersSchema, paths.transfers(namespace), { signal }),
    select: (page) => page.items,
  });

/** Everything is called differently afterwards: `onRenamed` goes to the new address, and then everything is asked for again. */
export function useRenameNamespace(namespace: string, onRenamed: (name: string) => Promise<void>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      request(namespaceSchema, paths.renaming(namespace), { method: 'POST', body: { name } }),
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
  useMove((alias: string) => requestNothing(paths.alias(namespace, alias), { method: 'DELETE' }));

export const useAcceptTransfer = (namespace: string) =>
  useMove((id: string) => request(acceptedTransferSchema, paths.transferAcceptance(namespace, id), { method: 'POST' }));

/** Declines an offer, or takes it back. */
export const useEndTransfer = (namespace: string) =>
  useMove((id: string) => requestNothing(paths.transfer(namespace, id), { method: 'DELETE' }));

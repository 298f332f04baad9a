import { collectionRoutes } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

const KEY = 'collection';
const REFRESH_MS = 10_000;
const AT_WORK_MS = 2_000;

/** Looked at again by itself: collectors are at work all the time. */
export const collectionQuery = queryOptions({
  queryKey: [KEY, 'status'],
  queryFn: ({ signal }) => request(collectionRoutes.getCollection, { signal }),
  refetchInterval: REFRESH_MS,
});

export const collectionRunsQuery = {
  ...keysetQuery([KEY, 'runs'], collectionRoutes.listCollectionRuns),
  refetchInterval: REFRESH_MS,
};

export const storageFindingsQuery = queryOptions({
  queryKey: [KEY, 'storage'],
  queryFn: ({ signal }) => request(collectionRoutes.getStorageFindings, { signal }),
  refetchInterval: REFRESH_MS,
});

export function useStartStorageCheck() {
  return useCollectionChange<void, unknown>(() => request(collectionRoutes.startStorageCheck));
}

export function collectionRunQuery(id: string) {
  return queryOptions({
    queryKey: [KEY, 'run', id],
    queryFn: ({ signal }) => request(collectionRoutes.getCollectionRun, { params: { id }, signal }),
    refetchInterval: ({ state }) => (isAtWork(state.data?.state) ? AT_WORK_MS : false),
  });
}

export function isAtWork(state: string | null | undefined): boolean {
  return state === 'queued' || state === 'running';
}

function useCollectionChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

export function usePauseCollection() {
  return useCollectionChange((reason: string) => request(collectionRoutes.pauseCollection, { body: { reason } }));
}

export function useResumeCollection() {
  return useCollectionChange<void, unknown>(() => request(collectionRoutes.resumeCollection));
}

export function useStartCollection() {
  return useCollectionChange((dryRun: boolean) => request(collectionRoutes.startCollection, { body: { dryRun } }));
}

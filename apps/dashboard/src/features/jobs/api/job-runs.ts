import { type JobRunState, type JobRunWish, jobAdministrationRoutes, jobRoutes } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

const KEY = 'jobs';
const REFRESH_MS = 3_000;

export interface JobRunFilterValues {
  readonly kind: string;
  readonly state: JobRunState | '';
  readonly namespace: string;
}

export const NO_FILTER: JobRunFilterValues = { kind: '', state: '', namespace: '' };

/** Of one namespace, or (null) of everybody. Looked at again by itself: runs move on. */
export function jobRunsQuery(namespace: string | null, { kind, state, namespace: of }: JobRunFilterValues) {
  const filter = { ...(kind ? { kind } : {}), ...(state ? { state } : {}) };
  const key = [KEY, namespace ?? '', 'runs', kind, state, of];
  const list =
    namespace === null
      ? keysetQuery(key, jobAdministrationRoutes.listRegistryJobRuns, {
          filter: { ...filter, ...(of ? { namespace: of } : {}) },
        })
      : keysetQuery(key, jobRoutes.listJobRuns, { params: { namespace }, filter });
  return { ...list, refetchInterval: REFRESH_MS };
}

/** A run that is over does not change by itself. */
export function jobRunQuery(namespace: string | null, id: string) {
  return queryOptions({
    queryKey: [KEY, namespace ?? '', 'run', id],
    queryFn: ({ signal }) =>
      namespace === null
        ? request(jobAdministrationRoutes.getRegistryJobRun, { params: { id }, signal })
        : request(jobRoutes.getJobRun, { params: { namespace, id }, signal }),
    refetchInterval: ({ state }) => (state.data?.finishedAt ? false : REFRESH_MS),
  });
}

export function useJobRunWish(namespace: string | null) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, wish }: { readonly id: string; readonly wish: JobRunWish }) =>
      namespace === null
        ? request(jobAdministrationRoutes.changeRegistryJobRun, { params: { id }, body: { wish } })
        : request(jobRoutes.changeJobRun, { params: { namespace, id }, body: { wish } }),
    onSettled: () => Promise.all([[KEY], ['overview']].map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  });
}

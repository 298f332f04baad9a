import { jobAdministrationRoutes } from '@stowage/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

const REFRESH_MS = 3_000;

export const scheduledJobsQuery = queryOptions({
  queryKey: ['scheduled-jobs'],
  queryFn: ({ signal }) => request(jobAdministrationRoutes.listScheduledJobs, { signal }),
  refetchInterval: REFRESH_MS,
});

export function useScheduledJob() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ name, wish }: { readonly name: string; readonly wish: 'pause' | 'resume' | 'run' }) =>
      wish === 'run'
        ? request(jobAdministrationRoutes.runScheduledJob, { params: { name } })
        : request(jobAdministrationRoutes.changeScheduledJob, { params: { name }, body: { paused: wish === 'pause' } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: scheduledJobsQuery.queryKey }),
  });
}

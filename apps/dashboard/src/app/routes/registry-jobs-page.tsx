import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../components/ui/empty-state';
import { ErrorState } from '../../components/ui/error-state';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { Panel } from '../../components/ui/panel';
import { scheduledJobsQuery } from '../../features/jobs/api/scheduled-jobs';
import { RunBrowser } from '../../features/jobs/components/run-browser';
import { ScheduledJobList } from '../../features/jobs/components/scheduled-job-list';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function RegistryJobsPage() {
  usePageTitle('Jobs', 'Administration');
  return (
    <div className={classes.stack}>
      <div>
        <RunBrowser namespace={null} />
      </div>
      <ScheduledJobs />
    </div>
  );
}

function ScheduledJobs() {
  const query = useQuery(scheduledJobsQuery);
  return (
    <Panel flush title="Scheduled jobs">
      {query.isPending ? (
        <ListSkeleton rows={8} />
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <EmptyState title="No worker has started yet">
          Scheduled jobs are listed as soon as a worker runs. Start one with npm run start:worker.
        </EmptyState>
      ) : (
        <ScheduledJobList jobs={query.data.items} />
      )}
    </Panel>
  );
}

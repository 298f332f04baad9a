import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ErrorState } from '../../components/ui/error-state';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { Panel } from '../../components/ui/panel';
import { usageDetailsQuery } from '../../features/usage/api/usage';
import { RepositoryUsageList } from '../../features/usage/components/repository-usage-list';
import { UsageOverview } from '../../features/usage/components/usage-overview';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function UsagePage() {
  const { namespace } = useParams({ from: '/shell/n/$namespace' });
  usePageTitle('Usage', namespace);
  const query = useQuery(usageDetailsQuery(namespace));
  return (
    <div className={classes.stack}>
      {query.isPending ? (
        <Panel title="Storage">
          <ListSkeleton rows={4} />
        </Panel>
      ) : query.isError && !query.data ? (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      ) : (
        <UsageOverview namespace={namespace} usage={query.data} />
      )}
      <RepositoryUsageList namespace={namespace} />
    </div>
  );
}

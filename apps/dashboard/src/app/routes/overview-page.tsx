import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../components/ui/error-state';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { overviewQuery } from '../../features/overview/api/overview';
import { OverviewFigures } from '../../features/overview/components/overview-figures';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function OverviewPage() {
  usePageTitle('Overview', 'Administration');
  const query = useQuery(overviewQuery);
  if (query.isPending) return <ListSkeleton rows={6} />;
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className={classes.stack}>
      <OverviewFigures overview={query.data} />
    </div>
  );
}

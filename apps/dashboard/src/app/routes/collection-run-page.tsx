import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ErrorState } from '../../components/ui/error-state';
import { AnchorLink } from '../../components/ui/link';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { collectionRunQuery } from '../../features/garbage-collection/api/collection';
import { RunDetail } from '../../features/garbage-collection/components/run-detail';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function CollectionRunPage() {
  usePageTitle('Run', 'Garbage collection');
  const { run } = useParams({ from: '/shell/admin/gc/$run' });
  const query = useQuery(collectionRunQuery(run));
  return (
    <>
      <p className={classes.about}>
        <AnchorLink to="/admin/gc">← Garbage collection</AnchorLink>
      </p>
      {query.isPending ? (
        <ListSkeleton rows={6} />
      ) : query.data ? (
        <RunDetail run={query.data} />
      ) : (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
    </>
  );
}

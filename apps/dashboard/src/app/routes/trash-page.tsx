import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { EmptyState } from '../../components/ui/empty-state';
import { ErrorState } from '../../components/ui/error-state';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { LoadMore } from '../../components/ui/load-more';
import { Panel } from '../../components/ui/panel';
import { namespaceQuery } from '../../features/namespaces/api/get-namespace';
import { useRestoreRun } from '../../features/trash/api/bulk';
import { trashQuery, usePurge, useRestore } from '../../features/trash/api/trash';
import { TrashList } from '../../features/trash/components/trash-list';
import { itemsOf } from '../../lib/api/keyset-query';
import { usePageTitle } from '../../lib/page-title';
import { NotFoundPage } from './not-found-page';
import classes from './pages.module.css';
import { mayRestore } from './permissions';

/** What was deleted in a namespace and can come back. For maintainers; to purge is for owners. */
export function TrashPage() {
  const { namespace: name } = useParams({ from: '/shell/n/$namespace' });
  usePageTitle('Trash', name);
  const { data: namespace } = useQuery(namespaceQuery(name));
  const query = useInfiniteQuery(trashQuery(name));
  const restoring = useRestore(name);
  const purging = usePurge(name);
  const runRestoring = useRestoreRun(name);
  if (!namespace || !mayRestore(namespace.role)) return <NotFoundPage />;
  const entries = itemsOf(query.data);
  return (
    <>
      <p className={classes.about}>
        Deleted tags, images and repositories. They count in the quota until they are gone for good, or somebody who
        owns the namespace purges them.
      </p>
      <Panel flush title="Trash">
        {query.isPending ? (
          <ListSkeleton rows={4} />
        ) : query.isError && !query.data ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : entries.length === 0 ? (
          <EmptyState title="The trash is empty">
            What somebody deletes here, or a retention rule, waits in it for a while and can be restored.
          </EmptyState>
        ) : (
          <>
            <TrashList
              label="Trash"
              entries={entries}
              restore={(id) => restoring.mutateAsync({ id })}
              restoreRun={runRestoring.mutateAsync}
              purge={namespace.role === 'owner' ? purging.mutateAsync : undefined}
            />
            <LoadMore query={query} shown={entries.length} />
          </>
        )}
      </Panel>
    </>
  );
}

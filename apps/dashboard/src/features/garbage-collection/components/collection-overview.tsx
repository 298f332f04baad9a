import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ByteSize } from '../../../components/ui/byte-size';
import { EmptyState } from '../../../components/ui/empty-state';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { LoadMore } from '../../../components/ui/load-more';
import { Panel } from '../../../components/ui/panel';
import { itemsOf } from '../../../lib/api/keyset-query';
import { collectionQuery, collectionRunsQuery } from '../api/collection';
import { Backlog } from './backlog';
import classes from './collection.module.css';
import { CollectionState } from './collection-state';
import { FreedChart } from './freed-chart';
import { PauseButton } from './pause-button';
import { formatAge } from './queues';
import { RunList } from './run-list';
import { StartButtons } from './start-buttons';
import { StoragePanel } from './storage-panel';

export function CollectionOverview() {
  const query = useQuery(collectionQuery);
  if (query.isPending) return <ListSkeleton rows={8} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { pause, freed, backlog, removableBytes, reviewDelaySeconds } = query.data;
  return (
    <div className={classes.stack}>
      <CollectionState pause={pause} />
      <Panel title="Freed">
        <FreedChart days={freed} />
      </Panel>
      <Panel flush title="Backlog" aside={pause ? undefined : <PauseButton />}>
        <Backlog backlog={backlog} />
        <p className={classes.note}>
          What nothing seems to need is looked at after {formatAge(reviewDelaySeconds)}, so that a push in between keeps
          it.{' '}
          {removableBytes > 0 ? (
            <>
              <ByteSize bytes={removableBytes} /> are on their way out of storage.
            </>
          ) : null}
        </p>
      </Panel>
      <Runs isPaused={pause !== null} />
      <StoragePanel />
    </div>
  );
}

function Runs({ isPaused }: { readonly isPaused: boolean }) {
  const query = useInfiniteQuery(collectionRunsQuery);
  const runs = itemsOf(query.data);
  return (
    <Panel flush title="Runs" aside={<StartButtons isPaused={isPaused} />}>
      {query.isPending ? (
        <ListSkeleton rows={4} />
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : runs.length === 0 ? (
        <EmptyState title="Nothing was collected yet">
          Collectors look by themselves every few seconds. Each hour in which they found something stands here.
        </EmptyState>
      ) : (
        <>
          <RunList runs={runs} />
          <LoadMore query={query} shown={runs.length} />
        </>
      )}
    </Panel>
  );
}

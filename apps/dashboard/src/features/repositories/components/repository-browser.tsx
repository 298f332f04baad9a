import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ErrorState } from '../../../components/ui/error-state';
import { FilterBox } from '../../../components/ui/filter-box';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { LoadMore } from '../../../components/ui/load-more';
import { Panel } from '../../../components/ui/panel';
import { itemsOf, useLoadAllWhile } from '../../../lib/api/keyset-query';
import { repositoriesQuery } from '../api/list-repositories';
import classes from './repositories.module.css';
import { RepositoryList } from './repository-list';

interface RepositoryBrowserProps {
  readonly namespace: string;
  readonly actions?: ReactNode;
  readonly empty: ReactNode;
}

export function RepositoryBrowser({ namespace, actions, empty }: RepositoryBrowserProps) {
  const [filter, setFilter] = useState('');
  const [sawEmpty, setSawEmpty] = useState(false);
  const query = useInfiniteQuery(repositoriesQuery(namespace));
  const wanted = filter.trim().toLowerCase();
  useLoadAllWhile(wanted !== '', query);
  const all = itemsOf(query.data);
  // An empty list from before, while a push may have filled it, is not yet known to be empty.
  const unknown = query.isPending || (all.length === 0 && query.isFetching && !sawEmpty);
  if (unknown)
    return (
      <Panel flush>
        <ListSkeleton rows={6} />
      </Panel>
    );
  if (query.isError && !query.data)
    return (
      <Panel>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Panel>
    );
  // Whoever saw the empty page waits there for a push to arrive: it stays until it is left.
  if (all.length === 0 && !sawEmpty) setSawEmpty(true);
  if (sawEmpty) return empty;
  const shown = all.filter(({ name, description }) => `${name}\n${description}`.toLowerCase().includes(wanted));
  return (
    <Panel flush>
      <div className={classes.toolbar}>
        <FilterBox label="Filter repositories" value={filter} onChange={setFilter} />
        {actions}
      </div>
      {shown.length > 0 ? (
        <RepositoryList repositories={shown} />
      ) : (
        <p className={classes.nothing}>{query.isFetching ? 'Looking…' : `No repository matches “${filter.trim()}”.`}</p>
      )}
      <LoadMore query={query} shown={shown.length} />
    </Panel>
  );
}

import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../../components/ui/empty-state';
import { ErrorState } from '../../../components/ui/error-state';
import { FilterBox } from '../../../components/ui/filter-box';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { LoadMore } from '../../../components/ui/load-more';
import { Panel } from '../../../components/ui/panel';
import { itemsOf } from '../../../lib/api/keyset-query';
import { managedNamespacesQuery } from '../api/managed-namespaces';
import classes from './administration.module.css';
import { ManagedNamespaceList } from './managed-namespace-list';

const TYPING_MS = 250;

export function ManagedNamespaceBrowser() {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), TYPING_MS);
  const query = useInfiniteQuery({ ...managedNamespacesQuery(search), placeholderData: keepPreviousData });
  const namespaces = itemsOf(query.data);
  return (
    <>
      <div className={classes.bar}>
        <FilterBox label="Search namespaces" value={text} onChange={setText} />
      </div>
      <Panel flush>
        {query.isPending ? (
          <ListSkeleton rows={6} />
        ) : query.isError && !query.data ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : namespaces.length === 0 ? (
          <EmptyState title="No such namespace">No name contains “{search}”.</EmptyState>
        ) : (
          <>
            <ManagedNamespaceList namespaces={namespaces} />
            <LoadMore query={query} shown={namespaces.length} />
          </>
        )}
      </Panel>
    </>
  );
}

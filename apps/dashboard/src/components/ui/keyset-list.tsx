import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { itemsOf } from '../../lib/api/keyset-query';
import { ErrorState } from './error-state';
import { ListSkeleton } from './list-skeleton';
import { LoadMore } from './load-more';

interface KeysetListProps<Item> {
  readonly query: UseInfiniteQueryResult<InfiniteData<{ items: Item[] }>>;
  /** How many rows stand in for the list while it loads. */
  readonly rows: number;
  /** What is there instead of a list without entries; the list itself when absent. */
  readonly empty?: ReactNode;
  readonly children: (items: Item[]) => ReactNode;
}

/** A list of the API in whichever state it is: loading, failed, empty, or with its entries and the way to more. */
export function KeysetList<Item>({ query, rows, empty, children }: KeysetListProps<Item>) {
  if (query.isPending) return <ListSkeleton rows={rows} />;
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const items = itemsOf(query.data);
  if (items.length === 0 && empty !== undefined) return empty;
  return (
    <>
      {children(items)}
      <LoadMore query={query} shown={items.length} />
    </>
  );
}

import type { Page } from '@stowage/contracts';
import {
  type InfiniteData,
  infiniteQueryOptions,
  type UseInfiniteQueryOptions,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import { type ListRest, type ListRoute, requestPage } from './client';

const PAGE_SIZE = 50;

/** A list of the API as one query that grows by pages. What it is narrowed to belongs into the key as well. */
export function keysetQuery<R extends ListRoute>(key: readonly string[], route: R, ...rest: ListRest<R>) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam: cursor, signal }) => requestPage(route, { cursor, limit: PAGE_SIZE, signal }, ...rest),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** What `keysetQuery` makes for a list of these. */
export type KeysetQuery<Item> = UseInfiniteQueryOptions<
  Page<Item>,
  Error,
  InfiniteData<Page<Item>>,
  readonly string[],
  string | undefined
>;

export function itemsOf<T>(data: InfiniteData<{ items: T[] }> | undefined): T[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}

/** A filter looks at what is loaded, so while there is one the rest is fetched too: nothing that matches may stay hidden. */
export function useLoadAllWhile(
  active: boolean,
  query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetching' | 'isError' | 'fetchNextPage'>,
): void {
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (active && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [active, hasNextPage, isFetching, isError, fetchNextPage]);
}

import { pageOf } from '@stowage/contracts';
import { type InfiniteData, infiniteQueryOptions, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { z } from 'zod';
import { request } from './client';

const PAGE_SIZE = 50;

interface Source {
  readonly path: string;
  /** What the list is narrowed to; belongs into the key as well. */
  readonly filter: Readonly<Record<string, string>>;
}

/** A keyset list of the API as one query that grows by pages. */
export function keysetQuery<T extends z.ZodType>(key: readonly string[], source: string | Source, item: T) {
  const { path, filter } = typeof source === 'string' ? { path: source, filter: {} } : source;
  const schema = pageOf(item);
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      request(schema, path, { query: { ...filter, limit: PAGE_SIZE, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

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

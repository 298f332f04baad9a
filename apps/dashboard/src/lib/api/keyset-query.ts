import { type AnswerOf, type Page, type PageQuery, type ParametersPart, type Route } from '@stowage/contracts';
import {
  type InfiniteData,
  infiniteQueryOptions,
  type UseInfiniteQueryOptions,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import type { z } from 'zod';
import { callRoute } from './call-route';

const PAGE_SIZE = 50;

type ListRoute = Route & { readonly query: z.ZodObject; readonly answer: z.ZodType<Page<unknown>> };

type ItemOf<R extends ListRoute> = AnswerOf<R> extends Page<infer Item> ? Item : never;

/** What the list is of; what it is narrowed to belongs into the key as well. */
type ListParts<R extends ListRoute> = ParametersPart<R> & {
  readonly filter?: Omit<z.input<R['query']>, keyof PageQuery>;
};

/** No third argument is needed for a list of a whole. */
type Rest<R extends ListRoute> = object extends ListParts<R> ? [parts?: ListParts<R>] : [parts: ListParts<R>];

/** A list of the API as one query that grows by pages. */
export function keysetQuery<R extends ListRoute>(key: readonly string[], route: R, ...[parts]: Rest<R>) {
  const { params = {}, filter } = parts ?? {};
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const page = await callRoute(route, { params, query: { ...filter, limit: PAGE_SIZE, cursor }, signal });
      return page as Page<ItemOf<R>>; // checked with the schema of this very route
    },
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

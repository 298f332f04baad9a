import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { KeysetQuery } from '../../lib/api/keyset-query';
import { KeysetList } from './keyset-list';
import { ListToolbar, NothingMatches, type SortOption } from './list-toolbar';
import { type ListFilter, useListFilter } from './use-list-filter';

interface SortedListProps<Item, Sort extends string> {
  /** One of them, as in “No robot matches”. */
  readonly what: string;
  readonly label: string;
  /** The usual one first. */
  readonly sorts: readonly [SortOption<Sort>, ...SortOption<Sort>[]];
  readonly queryOf: (filter: ListFilter<Sort>) => KeysetQuery<Item>;
  /** How many rows stand in for the list while it loads. */
  readonly rows: number;
  readonly aside?: ReactNode;
  /** What is there when there is nothing to look through. */
  readonly empty?: ReactNode;
  readonly children: (items: Item[]) => ReactNode;
}

/** A list that the server narrows to what is typed, and sorts. */
export function SortedList<Item, Sort extends string>(props: SortedListProps<Item, Sort>) {
  const { what, label, sorts, queryOf, rows, aside, empty, children } = props;
  const state = useListFilter(sorts[0].value);
  const query = useInfiniteQuery({ ...queryOf(state.filter), placeholderData: keepPreviousData });
  const { q } = state.filter;
  const hasNothing = state.text === '' && q === undefined && query.data?.pages[0]?.items.length === 0;
  if (hasNothing && empty !== undefined) return empty;
  return (
    <>
      <ListToolbar label={label} state={state} sorts={sorts} aside={aside} />
      <KeysetList query={query} rows={rows} empty={q === undefined ? undefined : <NothingMatches what={what} q={q} />}>
        {children}
      </KeysetList>
    </>
  );
}

import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';

const TYPING_MS = 250;

/** What the API is asked for; what is usual is left out. */
export interface ListFilter<Sort extends string> {
  readonly q?: string;
  readonly sort?: Sort;
}

/** What somebody looks for in a list, and in which order. */
export interface ListFilterState<Sort extends string> {
  /** As it is typed. */
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly sort: Sort;
  readonly setSort: (sort: Sort) => void;
  /** Follows the typing after a moment. */
  readonly filter: ListFilter<Sort>;
}

export function useListFilter<Sort extends string>(usual: Sort): ListFilterState<Sort> {
  const [text, setText] = useState('');
  const [sort, setSort] = useState(usual);
  const [q] = useDebouncedValue(text.trim(), TYPING_MS);
  const filter = { ...(q === '' ? {} : { q }), ...(sort === usual ? {} : { sort }) };
  return { text, setText, sort, setSort, filter };
}

/** For the key of a query: lists that are narrowed differently are different lists. */
export function keyOfFilter({ q = '', sort = '' }: ListFilter<string>): [string, string] {
  return [q, sort];
}

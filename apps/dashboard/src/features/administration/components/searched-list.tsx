import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { FilterBox } from '../../../components/ui/filter-box';
import { KeysetList } from '../../../components/ui/keyset-list';
import { Panel } from '../../../components/ui/panel';
import type { KeysetQuery } from '../../../lib/api/keyset-query';
import classes from './administration.module.css';

const TYPING_MS = 250;

interface SearchedListProps<Item> {
  /** What is searched, as the box says it. */
  readonly label: string;
  readonly queryOf: (search: string) => KeysetQuery<Item>;
  /** Beside the box. */
  readonly aside?: ReactNode;
  readonly empty: (search: string) => ReactNode;
  readonly children: (items: Item[]) => ReactNode;
}

/** A list of the whole registry that the server narrows to what is typed. */
export function SearchedList<Item>({ label, queryOf, aside, empty, children }: SearchedListProps<Item>) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), TYPING_MS);
  const query = useInfiniteQuery({ ...queryOf(search), placeholderData: keepPreviousData });
  return (
    <>
      <div className={classes.bar}>
        <FilterBox label={label} value={text} onChange={setText} />
        {aside}
      </div>
      <Panel flush>
        <KeysetList query={query} rows={6} empty={empty(search)}>
          {children}
        </KeysetList>
      </Panel>
    </>
  );
}

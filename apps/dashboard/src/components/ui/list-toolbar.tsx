import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { FilterBox } from './filter-box';
import classes from './list-toolbar.module.css';
import type { ListFilterState } from './use-list-filter';

/** An order in the words of the page. */
export interface SortOption<Sort extends string> {
  readonly value: Sort;
  readonly label: string;
}

interface ListToolbarProps<Sort extends string> {
  /** What is searched, as the box says it. */
  readonly label: string;
  readonly state: ListFilterState<Sort>;
  readonly sorts: readonly SortOption<Sort>[];
  readonly aside?: ReactNode;
}

/** Above a list: what to look for, in which order, and what else can be done. */
export function ListToolbar<Sort extends string>({ label, state, sorts, aside }: ListToolbarProps<Sort>) {
  return (
    <div className={classes.toolbar}>
      <FilterBox label={label} value={state.text} onChange={state.setText} />
      <NativeSelect
        className={classes.order ?? ''}
        aria-label="Order"
        data={[...sorts]}
        value={state.sort}
        onChange={(event) => state.setSort(event.currentTarget.value as Sort)}
      />
      {aside ? <div className={classes.aside}>{aside}</div> : null}
    </div>
  );
}

/** Instead of a list in which nothing is what was looked for. */
export function NothingMatches({ what, q }: { readonly what: string; readonly q: string }) {
  return (
    <p className={classes.nothing} role="status">
      No {what} matches “{q}”.
    </p>
  );
}

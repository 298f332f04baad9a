import type { CollectionBacklog, CollectionQueue } from '@stowage/contracts';
import { type Column, DataTable } from '../../../components/ui/data-table';
import classes from './collection.module.css';
import { formatAge, QUEUES } from './queues';

const columns: Column<CollectionBacklog>[] = [
  {
    header: 'What',
    primary: true,
    cell: ({ queue }) => (
      <span className={classes.queue}>
        {QUEUES[queue].label}
        <span className={classes.about}>{QUEUES[queue].about}</span>
      </span>
    ),
  },
  { header: 'Due now', width: '8rem', align: 'end', cell: ({ due }) => due.toLocaleString('en') },
  {
    header: 'Oldest',
    width: '8rem',
    align: 'end',
    cell: ({ due, oldestSeconds }) => (due === 0 ? '–' : formatAge(oldestSeconds)),
  },
  { header: 'Later', width: '8rem', align: 'end', cell: ({ waiting }) => waiting.toLocaleString('en') },
];

/** What waits to be looked at, by kind; most of it turns out to be needed. */
export function Backlog({ backlog }: { readonly backlog: readonly CollectionBacklog[] }) {
  const order = Object.keys(QUEUES) as CollectionQueue[];
  const rows = order.flatMap((queue) => backlog.filter((each) => each.queue === queue));
  return <DataTable label="Backlog" columns={columns} rows={rows} rowKey={({ queue }) => queue} />;
}

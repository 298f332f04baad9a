import { Badge } from '@mantine/core';
import type { CollectionRun } from '@stowage/contracts';
import { ByteSize } from '../../../components/ui/byte-size';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { AnchorLink } from '../../../components/ui/link';
import { RelativeTime } from '../../../components/ui/relative-time';
import classes from './collection.module.css';
import { RUN_KINDS, RUN_STATES } from './queues';

const sum = ({ queues }: CollectionRun, field: 'reviewed' | 'deleted' | 'failures') =>
  queues.reduce((total, counts) => total + counts[field], 0);

const columns: Column<CollectionRun>[] = [
  {
    header: 'When',
    primary: true,
    cell: ({ id, lastAt, kind, requestedBy }) => (
      <span className={classes.queue}>
        <AnchorLink to="/admin/gc/$run" params={{ run: id }}>
          <RelativeTime value={lastAt} />
        </AnchorLink>
        <span className={classes.about}>
          {RUN_KINDS[kind]}
          {kind === 'hourly' ? ', one hour' : requestedBy ? ` by ${requestedBy}` : ''}
        </span>
      </span>
    ),
  },
  { header: 'State', width: '8rem', cell: ({ state }) => <RunState state={state} /> },
  { header: 'Reviewed', width: '7rem', align: 'end', cell: (run) => sum(run, 'reviewed').toLocaleString('en') },
  { header: 'Deleted', width: '7rem', align: 'end', cell: (run) => sum(run, 'deleted').toLocaleString('en') },
  {
    header: 'Failures',
    width: '7rem',
    align: 'end',
    cell: (run) => (
      <span className={sum(run, 'failures') > 0 ? classes.bad : undefined}>
        {sum(run, 'failures').toLocaleString('en')}
      </span>
    ),
  },
  { header: 'Freed', width: '8rem', align: 'end', cell: ({ freedBytes }) => <ByteSize bytes={freedBytes} /> },
];

export function RunList({ runs }: { readonly runs: readonly CollectionRun[] }) {
  return <DataTable label="Runs" columns={columns} rows={runs} rowKey={({ id }) => id} />;
}

export function RunState({ state }: { readonly state: CollectionRun['state'] }) {
  const { label, color } = state ? RUN_STATES[state] : RUN_STATES.succeeded;
  return <Badge color={color}>{label}</Badge>;
}

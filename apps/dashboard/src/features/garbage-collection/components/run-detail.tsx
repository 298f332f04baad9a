import { Alert, Loader } from '@mantine/core';
import type { CollectionCounts, CollectionRunDetail } from '@stowage/contracts';
import { ByteSize } from '../../../components/ui/byte-size';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { DetailList } from '../../../components/ui/detail-list';
import { Panel } from '../../../components/ui/panel';
import { RelativeTime } from '../../../components/ui/relative-time';
import { isAtWork } from '../api/collection';
import classes from './collection.module.css';
import { Findings } from './findings';
import { QUEUES, RUN_KINDS } from './queues';
import { RunState } from './run-list';

const number = (field: 'reviewed' | 'deleted' | 'postponed' | 'failures') => (counts: CollectionCounts) =>
  counts[field].toLocaleString('en');

const columns: Column<CollectionCounts>[] = [
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
  { header: 'Reviewed', width: '7rem', align: 'end', cell: number('reviewed') },
  { header: 'Deleted', width: '7rem', align: 'end', cell: number('deleted') },
  { header: 'Postponed', width: '7rem', align: 'end', cell: number('postponed') },
  { header: 'Failures', width: '7rem', align: 'end', cell: number('failures') },
];

export function RunDetail({ run }: { readonly run: CollectionRunDetail }) {
  const { kind, state, error, findings, queues } = run;
  return (
    <div className={classes.stack}>
      {error ? (
        <Alert color="red" title="The run did not finish">
          {error}
        </Alert>
      ) : null}
      <Panel title={RUN_KINDS[kind]}>
        <DetailList
          details={[
            ['State', <RunState key="state" state={state} />],
            ['Asked for by', run.requestedBy],
            ['Began', <RelativeTime key="began" value={run.startedAt} />],
            ['Last change', <RelativeTime key="last" value={run.lastAt} />],
            ['Freed', kind === 'dry-run' ? null : <ByteSize key="freed" bytes={run.freedBytes} />],
          ]}
        />
      </Panel>
      {kind === 'dry-run' ? (
        findings ? (
          <Findings findings={findings} />
        ) : isAtWork(state) ? (
          <Panel title="What would go">
            <p className={classes.waiting} role="status">
              <Loader size="sm" /> Looking at what is queued and at what follows from it…
            </p>
          </Panel>
        ) : null
      ) : (
        <Panel flush title="What was done">
          {queues.length === 0 ? (
            <p className={classes.note}>
              {isAtWork(state) ? 'It has not come to anything yet.' : 'There was nothing to do.'}
            </p>
          ) : (
            <DataTable label="What was done" columns={columns} rows={queues} rowKey={({ queue }) => queue} />
          )}
        </Panel>
      )}
    </div>
  );
}

import { Badge } from '@mantine/core';
import type { JobRun } from '@stowage/contracts';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { AnchorLink } from '../../../components/ui/link';
import { RelativeTime } from '../../../components/ui/relative-time';
import { STATES, stateText, titleOf } from './job-words';
import classes from './jobs.module.css';
import { RunActions } from './run-actions';
import { RunProgress } from './run-progress';

interface RunListProps {
  /** Null: an administrator looks at everybody's runs. */
  readonly namespace: string | null;
  readonly runs: readonly JobRun[];
}

export function RunList({ namespace, runs }: RunListProps) {
  const columns: Column<JobRun>[] = [
    { header: 'Job', primary: true, cell: (run) => <What namespace={namespace} run={run} /> },
    {
      header: 'State',
      width: '10rem',
      cell: (run) => <Badge color={STATES[run.state].color}>{stateText(run)}</Badge>,
    },
    { header: 'Progress', width: '15rem', cell: (run) => <RunProgress run={run} /> },
    {
      header: 'Started',
      width: '9rem',
      cell: ({ createdAt, requestedBy }) => (
        <span className={classes.what}>
          <RelativeTime value={createdAt} />
          <span className={classes.sub}>{requestedBy ? `by ${requestedBy}` : 'by itself'}</span>
        </span>
      ),
    },
    { header: 'Actions', actions: true, cell: (run) => <RunActions namespace={namespace} run={run} /> },
  ];
  return <DataTable label="Runs" columns={columns} rows={runs} rowKey={({ id }) => id} />;
}

function What({
  namespace,
  run: { id, kind, namespace: of, target, error, state },
}: {
  namespace: string | null;
  run: JobRun;
}) {
  const title = titleOf(kind);
  return (
    <span className={classes.what}>
      {namespace === null ? (
        <AnchorLink className={classes.title ?? ''} to="/admin/jobs/$id" params={{ id }}>
          {title}
        </AnchorLink>
      ) : (
        <AnchorLink className={classes.title ?? ''} to="/n/$namespace/jobs/$id" params={{ namespace, id }}>
          {title}
        </AnchorLink>
      )}
      <span className={classes.sub}>{namespace === null && of ? `${of} · ${target}` : target}</span>
      {error ? <span className={state === 'failed' ? classes.failure : classes.sub}>{error}</span> : null}
    </span>
  );
}

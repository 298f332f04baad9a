import { Badge, Button } from '@mantine/core';
import type { ScheduledJob } from '@stowage/contracts';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { RelativeTime } from '../../../components/ui/relative-time';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useScheduledJob } from '../api/scheduled-jobs';
import { countersText, durationText, intervalText, titleOf } from './job-words';
import classes from './jobs.module.css';

export function ScheduledJobList({ jobs }: { readonly jobs: readonly ScheduledJob[] }) {
  const columns: Column<ScheduledJob>[] = [
    {
      header: 'Job',
      primary: true,
      cell: ({ name, everySeconds, error }) => (
        <span className={classes.what}>
          <span className={classes.title}>{titleOf(name)}</span>
          <span className={classes.sub}>every {intervalText(everySeconds)}</span>
          {error ? <span className={classes.failure}>{error}</span> : null}
        </span>
      ),
    },
    { header: 'State', width: '9rem', cell: (job) => <State job={job} /> },
    { header: 'Last turn', width: '14rem', cell: (job) => <LastTurn job={job} /> },
    {
      header: 'Next turn',
      width: '8rem',
      cell: ({ nextAt, pausedAt }) => (nextAt && !pausedAt ? <Next at={nextAt} /> : '–'),
    },
    { header: 'Actions', actions: true, cell: (job) => <Actions job={job} /> },
  ];
  return <DataTable label="Scheduled jobs" columns={columns} rows={jobs} rowKey={({ name }) => name} />;
}

/** Turns that come every few seconds are late by less than anybody can see. */
function Next({ at }: { readonly at: string }) {
  return Date.parse(at) - Date.now() < 60_000 ? <span>in a moment</span> : <RelativeTime value={at} />;
}

function State({ job: { pausedAt, waitsFor, isRunning, outcome, failures } }: { readonly job: ScheduledJob }) {
  if (pausedAt) return <Badge color="yellow">Paused</Badge>;
  if (waitsFor) return <Badge color="yellow">Waits: read-only</Badge>;
  if (outcome === 'failed') return <Badge color="red">{failures > 1 ? `Failed ${failures} times` : 'Failed'}</Badge>;
  if (isRunning) return <Badge color="petrol">Running</Badge>;
  return <Badge color="gray">{outcome ? 'Fine' : 'Not yet'}</Badge>;
}

function LastTurn({ job: { startedAt, durationSeconds, result } }: { readonly job: ScheduledJob }) {
  if (!startedAt) return <span className={classes.sub}>None yet</span>;
  const did = countersText(result);
  return (
    <span className={classes.what}>
      <span>
        <RelativeTime value={startedAt} />
        {durationSeconds === null ? null : <span className={classes.sub}> took {durationText(durationSeconds)}</span>}
      </span>
      {did ? <span className={classes.sub}>{did}</span> : null}
    </span>
  );
}

function Actions({ job: { name, pausedAt } }: { readonly job: ScheduledJob }) {
  const change = useScheduledJob();
  const title = titleOf(name);
  const ask = (wish: 'pause' | 'resume' | 'run') =>
    change.mutate(
      { name, wish },
      {
        onSuccess: () => (wish === 'run' ? notify({ message: `${title} runs now.` }) : undefined),
        onError: (error) => notify({ color: 'red', title: 'Nothing has changed', message: messageOf(error) }),
      },
    );
  const common = { size: 'compact-sm', variant: 'subtle', color: 'gray' } as const;
  const toggle = pausedAt ? 'resume' : 'pause';
  return (
    <span className={classes.buttons}>
      <Button {...common} aria-label={`Run now: ${title}`} disabled={change.isPending} onClick={() => ask('run')}>
        Run now
      </Button>
      <Button
        {...common}
        aria-label={`${pausedAt ? 'Resume' : 'Pause'}: ${title}`}
        disabled={change.isPending}
        onClick={() => ask(toggle)}
      >
        {pausedAt ? 'Resume' : 'Pause'}
      </Button>
    </span>
  );
}

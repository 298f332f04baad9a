import { Badge } from '@mantine/core';
import type { JobRunDetail } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { type Detail, DetailList } from '../../../components/ui/detail-list';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { Panel } from '../../../components/ui/panel';
import { RelativeTime } from '../../../components/ui/relative-time';
import { absoluteTime } from '../../../lib/relative-time';
import { jobRunQuery } from '../api/job-runs';
import { counterText, durationText, STATES, stateText, titleOf } from './job-words';
import classes from './jobs.module.css';
import { RunActions } from './run-actions';
import { RunProgress } from './run-progress';

interface RunViewProps {
  /** Null: an administrator looks at it. */
  readonly namespace: string | null;
  readonly id: string;
}

/** One run: how far it is, what it did, and what it says. */
export function RunView({ namespace, id }: RunViewProps) {
  const query = useQuery(jobRunQuery(namespace, id));
  if (query.isPending) return <ListSkeleton rows={6} />;
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const run = query.data;
  return (
    <>
      <Panel title={titleOf(run.kind)} aside={<RunActions namespace={namespace} run={run} size="xs" />}>
        <DetailList details={detailsOf(run)} />
      </Panel>
      <Panel title="Log" flush>
        <Log lines={run.log} isOver={run.finishedAt !== null} />
      </Panel>
    </>
  );
}

function detailsOf(run: JobRunDetail): Detail[] {
  const { state, namespace, target, requestedBy, createdAt, startedAt, finishedAt, nextAttemptAt, error, cause } = run;
  const took = startedAt && finishedAt ? (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : null;
  return [
    [
      'State',
      <Badge key="state" color={STATES[state].color}>
        {stateText(run)}
      </Badge>,
    ],
    ['Progress', <RunProgress key="progress" run={{ ...run, counters: {} }} />],
    [
      'Did',
      Object.entries(run.counters)
        .map(([name, value]) => counterText(name, value))
        .join(' · '),
    ],
    ['Namespace', namespace],
    ['Works on', target],
    [
      'Started',
      <span key="started">
        <RelativeTime value={createdAt} /> {requestedBy ? `by ${requestedBy}` : 'by itself'}
      </span>,
    ],
    ['Took', took === null ? null : durationText(took)],
    ['Attempts', run.attempts > 1 ? run.attempts : null],
    ['Next attempt', nextAttemptAt && run.attempts > 0 ? <RelativeTime key="next" value={nextAttemptAt} /> : null],
    ['Waits for', run.waitsFor ? 'the end of read-only mode; it then goes on where it stopped' : null],
    ['Why it failed', error],
    ['Cause', cause && <code>{cause}</code>],
  ];
}

function Log({ lines, isOver }: { readonly lines: JobRunDetail['log']; readonly isOver: boolean }) {
  if (lines.length === 0) {
    return (
      <p className={classes.nothing}>
        {isOver ? 'It had nothing to tell.' : 'Nothing yet. This page looks again by itself.'}
      </p>
    );
  }
  return (
    // The list scrolls: with the keyboard too.
    <ol className={classes.log} aria-label="Log" tabIndex={0}>
      {lines.map(({ at, isWarning, message }, index) => (
        <li key={`${at} ${index}`} className={classes.line} data-warning={isWarning ? '' : undefined}>
          <time dateTime={at} title={absoluteTime(at)}>
            {new Date(at).toLocaleTimeString('en-GB')}
          </time>
          <span>{message}</span>
        </li>
      ))}
    </ol>
  );
}

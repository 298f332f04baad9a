import { Button } from '@mantine/core';
import type { JobRun, JobRunWish } from '@stowage/contracts';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useJobRunWish } from '../api/job-runs';
import { titleOf } from './job-words';
import classes from './jobs.module.css';

const LABELS: Record<JobRunWish, string> = {
  cancel: 'Cancel',
  pause: 'Pause',
  resume: 'Resume',
  retry: 'Try again',
  dismiss: 'Dismiss',
};

/** What a person can do about the run now. */
export function wishesFor({ state, asked, dismissedAt }: JobRun, isAdministrator: boolean): JobRunWish[] {
  if (state === 'running')
    return asked === 'cancel' ? [] : asked === 'pause' ? ['resume', 'cancel'] : ['pause', 'cancel'];
  if (state === 'queued') return ['pause', 'cancel'];
  if (state === 'paused') return ['resume', 'cancel'];
  if (state === 'failed') return isAdministrator && !dismissedAt ? ['retry', 'dismiss'] : ['retry'];
  return state === 'cancelled' ? ['retry'] : [];
}

interface RunActionsProps {
  /** Null: an administrator looks at everybody's runs. */
  readonly namespace: string | null;
  readonly run: JobRun;
  readonly size?: 'compact-sm' | 'xs';
}

export function RunActions({ namespace, run, size = 'compact-sm' }: RunActionsProps) {
  const change = useJobRunWish(namespace);
  const ask = (wish: JobRunWish) =>
    change.mutate(
      { id: run.id, wish },
      { onError: (error) => notify({ color: 'red', title: 'The run goes on as it was', message: messageOf(error) }) },
    );
  return (
    <span className={classes.buttons}>
      {wishesFor(run, namespace === null).map((wish) => (
        <Button
          key={wish}
          size={size}
          variant={size === 'xs' ? 'default' : 'subtle'}
          color="gray"
          aria-label={`${LABELS[wish]}: ${titleOf(run.kind)} ${run.target}`}
          loading={change.isPending && change.variables.wish === wish}
          onClick={() => ask(wish)}
        >
          {LABELS[wish]}
        </Button>
      ))}
    </span>
  );
}

import type { JobRun, ScheduledJob } from '@stowage/contracts';
import type { JobRunRecord, ScheduledJobRecord } from '@stowage/metadata';

/** Who sees the run: what really happened may name what is not a tenant's. */
export type JobRunReader = 'member' | 'administrator';

export function toJobRun(row: JobRunRecord, reader: JobRunReader): JobRun {
  const { id, kind, namespace, target, requestedBy, state, asked, done, total, counters, error, attempts } = row;
  const facts = { id, kind, namespace, target, requestedBy, state, asked, done, total, counters, error, attempts };
  return {
    ...facts,
    cause: reader === 'administrator' ? row.cause : null,
    waitsFor: row.isReadOnly && state === 'queued' ? 'read-only' : null,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    dismissedAt: row.dismissedAt?.toISOString() ?? null,
  };
}

export function toScheduledJob({ changesContent, isReadOnly, finishedAt, ...job }: ScheduledJobRecord): ScheduledJob {
  const { pausedAt, startedAt, nextAt } = job;
  const isDone = startedAt !== null && finishedAt !== null;
  return {
    ...job,
    pausedAt: pausedAt?.toISOString() ?? null,
    startedAt: startedAt?.toISOString() ?? null,
    nextAt: nextAt?.toISOString() ?? null,
    isRunning: startedAt !== null && finishedAt === null,
    durationSeconds: isDone ? Math.max(0, finishedAt.getTime() - startedAt.getTime()) / 1000 : null,
    waitsFor: isReadOnly && changesContent ? 'read-only' : null,
  };
}

import type { CollectionBacklog, CollectionPause, CollectionQueue, CollectionRun } from '@stowage/contracts';
import type { Backlog, CollectionPauseRecord, CollectionRunRecord, ReviewQueue } from '@stowage/metadata';

const QUEUES: Readonly<Record<ReviewQueue, CollectionQueue>> = {
  manifest_review: 'manifests',
  link_review: 'links',
  blob_review: 'blobs',
  object_removal: 'objects',
};

export function toPause({ since, ...pause }: CollectionPauseRecord): CollectionPause {
  return { ...pause, since: since.toISOString() };
}

export function toBacklog({ queue, due, waiting, oldestSeconds }: Backlog): CollectionBacklog {
  return { queue: QUEUES[queue], due, waiting, oldestSeconds };
}

export function toRun(run: CollectionRunRecord): CollectionRun {
  const { isPeriodic, isDryRun, queues, startedAt, lastAt, ...rest } = run;
  const counts = Object.entries(QUEUES).flatMap(([name, queue]) => {
    const found = queues[name as ReviewQueue];
    if (!found) return [];
    const { reviewed, deleted, postponed, failures } = found;
    return [{ queue, reviewed, deleted, postponed, failures }];
  });
  return {
    ...rest,
    kind: isPeriodic ? 'hourly' : isDryRun ? 'dry-run' : 'requested',
    startedAt: startedAt.toISOString(),
    lastAt: lastAt.toISOString(),
    freedBytes: queues.object_removal?.bytes ?? 0,
    queues: counts,
  };
}

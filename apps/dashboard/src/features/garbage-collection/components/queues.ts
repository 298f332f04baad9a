import type { CollectionQueue } from '@stowage/contracts';

/** In the order in which garbage goes through them. */
export const QUEUES: Readonly<Record<CollectionQueue, { readonly label: string; readonly about: string }>> = {
  manifests: { label: 'Manifests', about: 'Without a tag, an index or a live subject' },
  links: { label: 'Blobs in repositories', about: 'That no manifest of the repository needs' },
  blobs: { label: 'Blobs of nobody', about: 'That no repository has any more' },
  objects: { label: 'Objects in storage', about: 'Whose blob is gone; these free the disk' },
};

export const RUN_KINDS = {
  hourly: 'By itself',
  requested: 'Asked for',
  'dry-run': 'Dry run',
} as const;

export const RUN_STATES = {
  queued: { label: 'Waiting', color: 'gray' },
  running: { label: 'At work', color: 'petrol' },
  paused: { label: 'Paused', color: 'yellow' },
  succeeded: { label: 'Done', color: 'gray' },
  failed: { label: 'Failed', color: 'red' },
  cancelled: { label: 'Cancelled', color: 'gray' },
} as const;

/** `45 s`, `12 min`, `3 h`, `2 days`. */
export function formatAge(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

import type { JobRun, JobRunState } from '@stowage/contracts';
import { formatBytes } from '../../../lib/format-bytes';

/** `bulk-delete` as `Bulk delete`: what is not known here shows as it is called. */
export function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `freedBytes: 2048` as `freed 2 KiB`, `deletedTags: 3` as `3 deleted tags`. */
export function counterText(name: string, value: number): string {
  const words = name
    .replaceAll(/([A-Z])/g, ' $1')
    .toLowerCase()
    .trim();
  return name.endsWith('Bytes')
    ? `${words.replace(/ bytes$/, '')} ${formatBytes(value)}`
    : `${value.toLocaleString('en')} ${value === 1 ? singular(words) : words}`;
}

function singular(words: string): string {
  return words.replace(/(ies|s)$/, (ending) => (ending === 'ies' ? 'y' : ''));
}

/** What was done, without what was not. */
export function countersText(counters: Readonly<Record<string, number>>): string {
  return Object.entries(counters)
    .filter(([, value]) => value !== 0)
    .map(([name, value]) => counterText(name, value))
    .join(' · ');
}

export const STATES: Record<JobRunState, { readonly label: string; readonly color: string }> = {
  queued: { label: 'Waiting', color: 'gray' },
  running: { label: 'Running', color: 'petrol' },
  paused: { label: 'Paused', color: 'yellow' },
  succeeded: { label: 'Done', color: 'gray' },
  failed: { label: 'Failed', color: 'red' },
  cancelled: { label: 'Cancelled', color: 'gray' },
};

/** The state as a person would say it, with what was asked and what it waits for. */
export function stateText({ state, asked, waitsFor }: Pick<JobRun, 'state' | 'asked' | 'waitsFor'>): string {
  if (waitsFor) return 'Waits: read-only';
  if (state === 'running' && asked) return asked === 'cancel' ? 'Being cancelled' : 'Being paused';
  return STATES[state].label;
}

const UNITS = [
  { seconds: 86_400, one: 'day' },
  { seconds: 3_600, one: 'hour' },
  { seconds: 60, one: 'minute' },
  { seconds: 1, one: 'second' },
] as const;

/** `90` as `90 seconds`, `3600` as `hour`: what stands after “every”. */
export function intervalText(seconds: number): string {
  const unit = UNITS.find((each) => seconds >= each.seconds && seconds % each.seconds === 0) ?? UNITS[3];
  const count = Math.round((seconds / unit.seconds) * 10) / 10;
  return count === 1 ? unit.one : `${count.toLocaleString('en')} ${unit.one}s`;
}

/** `under 0.1 s`, `0.4 s`, `12 s`, `3 min`, `2.5 h`. */
export function durationText(seconds: number): string {
  if (seconds < 0.1) return 'under 0.1 s';
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 360) / 10} h`;
}

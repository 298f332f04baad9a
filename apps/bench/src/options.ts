import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import type { SweepSize } from './sweep/run-sweep.js';

export const MIB = 1024 * 1024;

const GROUPS = [
  'manifests',
  'downloads',
  'pushes',
  'small',
  'crowd',
  'limits',
  'tokens',
  's3',
  'sweep',
  'retention',
  'usage',
] as const;
export type ScenarioGroup = (typeof GROUPS)[number];

export interface BenchOptions {
  readonly blobBytes: number;
  /** Parallel transfers of the scenarios that have several. */
  readonly streams: number;
  readonly repetitions: number;
  readonly secondsOfRequests: number;
  /** Every group of scenarios when absent. */
  readonly only: ScenarioGroup | undefined;
  /** Bytes of each of the sixteen blobs of which the memory is measured. */
  readonly limitBlobBytes: number;
  /** Without the peer. */
  readonly isAlone: boolean;
  /** Of the sweep; it runs when it is asked for by name. */
  readonly sweep: SweepSize;
  /** Of the retention preview; it runs when it is asked for by name. */
  readonly retentionTags: number;
  /** Of the usage page; it runs when it is asked for by name. */
  readonly usageRepositories: number;
  /** Where both registries keep their data: one disk for both. */
  readonly directory: string;
}

export const USAGE = `usage: npm run bench -- [--quick] [--only ${GROUPS.join('|')}]
                           [--alone] [--blob-mib N] [--streams N] [--repetitions N] [--directory DIR]
                           [--sweep-blobs N] [--sweep-rows N]

Compares Stowage with CNCF Distribution (Debian's docker-registry) where that is installed, on one disk in one run.
--quick: blobs of 64 MiB (limits: 128 MiB), one repetition. --alone: without the peer.
--only sweep: what garbage collection costs, on 100000 unreferenced blobs and among 10000000 live rows (about 10 GB).
--only retention: how long the preview of a retention policy takes, over 100000 tags.
--only usage: how long the usage of a namespace takes, over 10000 repositories.`;

/** Throws with the usage when an option is unknown or no positive number. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      'blob-mib': { type: 'string' },
      streams: { type: 'string' },
      repetitions: { type: 'string' },
      directory: { type: 'string' },
      only: { type: 'string' },
      alone: { type: 'boolean', default: false },
      'sweep-blobs': { type: 'string' },
      'sweep-rows': { type: 'string' },
    },
  });
  return {
    blobBytes: count(values['blob-mib'], values.quick ? 64 : 256) * MIB,
    streams: count(values.streams, 8),
    repetitions: count(values.repetitions, values.quick ? 1 : 3),
    secondsOfRequests: values.quick ? 2 : 5,
    limitBlobBytes: (values.quick ? 128 : 1024) * MIB,
    only: group(values.only),
    isAlone: values.alone,
    sweep: {
      blobs: count(values['sweep-blobs'], values.quick ? 20_000 : 100_000),
      manyRows: count(values['sweep-rows'], values.quick ? 200_000 : 10_000_000),
      fewRows: 10_000,
      dead: 1_000,
    },
    retentionTags: values.quick ? 10_000 : 100_000,
    usageRepositories: values.quick ? 1_000 : 10_000,
    directory: values.directory ?? tmpdir(),
  };
}

function count(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new TypeError(`not a positive number: ${text}`);
  return Number(text);
}

function group(text: string | undefined): ScenarioGroup | undefined {
  const known = GROUPS.find((name) => name === text);
  if (text !== undefined && !known) throw new TypeError(`no such scenarios: ${text}`);
  return known;
}

import { parseArgs } from 'node:util';

export interface ChaosOptions {
  readonly seed: number;
  /** Driven time; starting and checking come on top. */
  readonly minutes: number;
  readonly storage: 'filesystem' | 's3';
  /** Forgets an acknowledged write: the run has to fail. */
  readonly isLying: boolean;
}

export const USAGE = `usage: npm run check:chaos -- [--seed N] [--minutes M] [--storage filesystem|s3] [--lie]

Drives three registries for M minutes (default 1) with what the seed N (default 1) decides, kills and stops what it can,
and checks what clients saw. --storage s3: on a real S3 server. --lie: forgets one acknowledged push, to show that the
checks find it.`;

/** Throws TypeError for an option that is unknown or makes no sense. */
export function parseOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '1' },
      storage: { type: 'string', default: 'filesystem' },
      lie: { type: 'boolean', default: false },
    },
  });
  const { storage } = values;
  if (storage !== 'filesystem' && storage !== 's3') throw new TypeError(`no such storage: ${storage}`);
  if (!/^\d{1,9}$/.test(values.seed)) throw new TypeError(`not a seed: ${values.seed}`);
  if (!/^\d{1,4}(\.\d{1,3})?$/.test(values.minutes) || Number(values.minutes) === 0)
    throw new TypeError(`not a number of minutes: ${values.minutes}`);
  return { seed: Number(values.seed), minutes: Number(values.minutes), storage, isLying: values.lie };
}

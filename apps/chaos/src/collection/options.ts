import { parseArgs } from 'node:util';

export interface CollectionOptions {
  readonly seed: number;
  /** Driven time; starting and checking come on top. */
  readonly minutes: number;
  readonly storage: 'fs' | 's3';
}

export const USAGE = `usage: npm run check:gc -- [--minutes M] [--storage fs|s3] [--seed N]

16 clients push, delete and push again the same few layers for M minutes (default 1), while three collectors take what
nothing needs after 2 s. Then everything that was acknowledged has to be there, and nothing else. --storage s3: on a real
S3 server.`;

/** Throws TypeError for an option that is unknown or makes no sense. */
export function parseOptions(args: readonly string[]): CollectionOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '1' },
      storage: { type: 'string', default: 'fs' },
    },
  });
  const { storage } = values;
  if (storage !== 'fs' && storage !== 's3') throw new TypeError(`no such storage: ${storage}`);
  if (!/^\d{1,9}$/.test(values.seed)) throw new TypeError(`not a seed: ${values.seed}`);
  if (!/^\d{1,4}(\.\d{1,3})?$/.test(values.minutes) || Number(values.minutes) === 0)
    throw new TypeError(`not a number of minutes: ${values.minutes}`);
  return { seed: Number(values.seed), minutes: Number(values.minutes), storage };
}

import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';

export interface ScaleOptions {
  /** Tags of one repository. */
  readonly tags: number;
  readonly repositories: number;
  /** Rows of the manifest table, and of the one that it is compared with. */
  readonly manifests: number;
  readonly fewManifests: number;
  /** Requests of each measurement of a page. */
  readonly requests: number;
  readonly directory: string;
}

export const USAGE = `usage: npm run bench:scale -- [--tags N] [--repositories N] [--manifests N] [--few-manifests N]
                                 [--requests N] [--directory DIR]

Fills the tables by SQL (1000000 tags in one repository, 1000000 repositories, 10000000 manifests, and 10000 in a second
database) and measures pages and manifests through HTTP. Needs about 2 kB of disk for each manifest.`;

/** Throws with what is wrong when an option is unknown or no positive number. */
export function parseScaleOptions(args: readonly string[]): ScaleOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      tags: text,
      repositories: text,
      manifests: text,
      'few-manifests': text,
      requests: text,
      directory: text,
    },
  });
  return {
    tags: count(values.tags, 1_000_000),
    repositories: count(values.repositories, 1_000_000),
    manifests: count(values.manifests, 10_000_000),
    fewManifests: count(values['few-manifests'], 10_000),
    requests: count(values.requests, 500),
    directory: values.directory ?? tmpdir(),
  };
}

function count(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new TypeError(`not a positive number: ${text}`);
  return Number(text);
}

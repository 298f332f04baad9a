import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import type { CleanUp } from '../clean-up.js';
import { type Comparison, type ComparisonShape, compare } from '../compare.js';
import { type BenchOptions, MIB } from '../options.js';
import { makeRandomBlob } from '../random-blob.js';
import type { Metric, Scenario } from '../scenario.js';
import { downloadAll, streams } from '../scenarios/blob-get.js';
import { pushAll } from '../scenarios/blob-push.js';
import { startStowage } from '../servers/stowage-server.js';
import { startS3Server } from './s3-server.js';
import type { S3Side } from './s3-side.js';
import { SdkAlone } from './sdk-alone.js';

/** The service keeps everything in memory. */
const MAX_BLOB_BYTES = 64 * MIB;
const BUCKET = 'stowage';
const AIM = '≥ 0.8 times';

export interface S3Comparison {
  readonly names: readonly string[];
  readonly comparisons: readonly Comparison[];
}

/** Stowage on a bucket, compared with what the same SDK does alone on the same service. Undefined where there is none. */
export async function compareS3(
  options: BenchOptions,
  { directory, cleanUp, shape }: { directory: string; cleanUp: CleanUp; shape: ComparisonShape },
): Promise<S3Comparison | undefined> {
  const service = await startS3Server(cleanUp);
  if (!service) return undefined;
  const alone = new SdkAlone(service);
  for (const bucket of [undefined, BUCKET]) await alone.createBucket(bucket);
  const folder = join(directory, 'on-s3');
  await mkdir(folder, { mode: 0o755 });
  const server = await startStowage(folder, cleanUp, {
    STOWAGE_STORAGE: 's3',
    STOWAGE_S3_BUCKET: BUCKET,
    STOWAGE_S3_REGION: service.region,
    STOWAGE_S3_ENDPOINT: service.endpoint,
    STOWAGE_S3_ACCESS_KEY_ID: service.accessKeyId,
    STOWAGE_S3_SECRET_ACCESS_KEY: service.secretAccessKey,
    STOWAGE_S3_FORCE_PATH_STYLE: 'true',
  });
  const ours: S3Side = {
    name: 'Stowage on S3',
    pid: server.pid,
    push: (blobs) => pushAll(server, blobs),
    pull: (blobs) => downloadAll(server, blobs),
  };
  const sides = [ours, alone];
  const comparisons: Comparison[] = [];
  for (const count of [1, options.streams]) {
    const scenario = transfers(count, Math.min(options.blobBytes, MAX_BLOB_BYTES));
    comparisons.push(...(await compare(sides, scenario, shape)));
  }
  return { names: sides.map(({ name }) => name), comparisons };
}

function transfers(count: number, size: number): Scenario<S3Side> {
  const push: Metric = { name: `S3: blob push, ${streams(count)}`, unit: 'MB/s', aim: AIM };
  const pull: Metric = { name: `S3: blob GET, ${streams(count)}`, unit: 'MB/s', aim: AIM };
  return {
    name: push.name,
    async measure(side) {
      const blobs = Array.from({ length: count }, () => makeRandomBlob(size));
      return [
        { metric: push, value: await side.push(blobs) },
        { metric: pull, value: await side.pull(blobs) },
      ];
    },
  };
}

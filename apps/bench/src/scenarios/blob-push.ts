import { pushBlob } from '../http/push-blob.js';
import { makeRandomBlob } from '../random-blob.js';
import { type Metric, megabytesPerSecond, type Scenario } from '../scenario.js';
import type { RegistryServer } from '../servers/registry-server.js';
import { streams } from './blob-get.js';

export interface ParallelPush {
  readonly count: number;
  /** Bytes of each blob. */
  readonly size: number;
}

/** New bytes on every run: nothing is there already. */
export function blobPush(push: ParallelPush): Scenario {
  const metric: Metric = { name: `blob push, ${streams(push.count)}`, unit: 'MB/s', aim: '≥ 2 times' };
  return {
    name: metric.name,
    measure: async (server) => [{ metric, value: await pushAll(server, push) }],
  };
}

/** Resolves with MB/s. `during` is called when everything is made and the pushes begin. */
export async function pushAll(
  server: RegistryServer,
  { count, size }: ParallelPush,
  during: () => void = () => {},
): Promise<number> {
  const blobs = Array.from({ length: count }, () => makeRandomBlob(size));
  const headers = await server.authorize();
  during();
  const started = performance.now();
  await Promise.all(blobs.map((blob) => pushBlob(server, blob, headers)));
  return megabytesPerSecond(count * size, performance.now() - started);
}

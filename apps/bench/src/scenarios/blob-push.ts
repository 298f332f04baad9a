import { pushBlob } from '../http/push-blob.js';
import { type Blob, makeRandomBlob } from '../random-blob.js';
import { type Metric, megabytesPerSecond, type Scenario } from '../scenario.js';
import type { RegistryServer } from '../servers/registry-server.js';
import { downloadAll, streams } from './blob-get.js';

interface ParallelPush {
  readonly count: number;
  /** Bytes of each blob. */
  readonly size: number;
}

/** New bytes on every run: nothing is there already. They are pulled at once, before a server has done anything else. */
export function blobPush({ count, size }: ParallelPush): Scenario {
  const push: Metric = { name: `blob push, ${streams(count)}`, unit: 'MB/s', aim: '≥ 2 times' };
  const pull: Metric = { name: `blob GET at once after its push, ${streams(count)}`, unit: 'MB/s' };
  return {
    name: push.name,
    async measure(server) {
      const blobs = Array.from({ length: count }, () => makeRandomBlob(size));
      return [
        { metric: push, value: await pushAll(server, blobs) },
        { metric: pull, value: await downloadAll(server, blobs) },
      ];
    },
  };
}

/** All at the same time; resolves with MB/s. */
export async function pushAll(server: RegistryServer, blobs: readonly Blob[]): Promise<number> {
  const headers = await server.authorize();
  const started = performance.now();
  await Promise.all(blobs.map((blob) => pushBlob(server, blob, headers)));
  const bytes = blobs.reduce((sum, { size }) => sum + size, 0);
  return megabytesPerSecond(bytes, performance.now() - started);
}

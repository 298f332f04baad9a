import { download } from '../http/download.js';
import type { Blob } from '../random-blob.js';
import { type Metric, megabytesPerSecond, type Scenario } from '../scenario.js';
import type { RegistryServer } from '../servers/registry-server.js';

/** Each stream has a blob of its own, as the layers of an image; more streams than blobs share them. */
export function blobGet(large: readonly Blob[], count: number): Scenario {
  const blobs = Array.from({ length: count }, (_, stream) => large[stream % large.length] as Blob);
  const metric: Metric = { name: `blob GET, ${streams(count)}`, unit: 'MB/s', aim: '≥ 1 times' };
  return { name: metric.name, measure: async (server) => [{ metric, value: await downloadAll(server, blobs) }] };
}

/** Nobody has read the blobs since they were pushed, some seconds ago: what is in the page cache makes the difference. */
export function firstBlobGet(blobs: readonly Blob[]): Scenario {
  const metric: Metric = { name: `first blob GET some seconds after its push, ${streams(blobs.length)}`, unit: 'MB/s' };
  return {
    name: metric.name,
    isUnrepeatable: true,
    measure: async (server) => [{ metric, value: await downloadAll(server, blobs) }],
  };
}

/** All at the same time; resolves with MB/s. */
export async function downloadAll(server: RegistryServer, blobs: readonly Blob[]): Promise<number> {
  const headers = await server.authorize();
  const started = performance.now();
  const lengths = await Promise.all(
    blobs.map((blob) => download(new URL(`/v2/${server.repository}/blobs/${blob.digest}`, server.url), headers)),
  );
  const elapsedMs = performance.now() - started;
  if (lengths.some((length, index) => length !== blobs[index]?.size)) throw new Error('a download came up short');
  return megabytesPerSecond(
    lengths.reduce((total, length) => total + length, 0),
    elapsedMs,
  );
}

export function streams(count: number): string {
  return count === 1 ? '1 stream' : `${count} streams`;
}

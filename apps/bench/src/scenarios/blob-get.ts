import { download } from '../http/download.js';
import type { Blob } from '../random-blob.js';
import { type Metric, megabytesPerSecond, type Scenario } from '../scenario.js';

/** Each stream has a blob of its own, as the layers of an image. */
export function blobGet(blobs: readonly Blob[]): Scenario {
  const metric: Metric = { name: `blob GET, ${streams(blobs.length)}`, unit: 'MB/s', aim: '≥ 1 times' };
  return {
    name: metric.name,
    async measure(server) {
      const headers = await server.authorize();
      const started = performance.now();
      const lengths = await Promise.all(
        blobs.map((blob) => download(new URL(`/v2/${server.repository}/blobs/${blob.digest}`, server.url), headers)),
      );
      const elapsedMs = performance.now() - started;
      if (lengths.some((length, index) => length !== blobs[index]?.size)) throw new Error('a download came up short');
      const bytes = lengths.reduce((total, length) => total + length, 0);
      return [{ metric, value: megabytesPerSecond(bytes, elapsedMs) }];
    },
  };
}

export function streams(count: number): string {
  return count === 1 ? '1 stream' : `${count} streams`;
}

import { MIB } from '../options.js';
import { watchMemory } from '../process-memory.js';
import { pushBlob } from '../push-blob.js';
import { makeRandomBlob } from '../random-blob.js';
import { type Metric, megabytesPerSecond, type Reading, type Scenario } from '../scenario.js';
import { streams } from './blob-get.js';

/** New bytes on every run: nothing is there already. Several at once also tell what they cost in memory. */
export function blobPush({ count, size }: { readonly count: number; readonly size: number }): Scenario {
  const rate: Metric = { name: `blob push, ${streams(count)}`, unit: 'MB/s', aim: '≥ 2 times' };
  const own: Metric = { name: `memory during ${streams(count)} of push`, unit: 'MiB', aim: '≤ 300 MiB' };
  const children: Metric = { name: 'memory of its child processes then', unit: 'MiB' };
  return {
    name: rate.name,
    async measure(server) {
      const blobs = Array.from({ length: count }, () => makeRandomBlob(size));
      const headers = await server.authorize();
      const memory = watchMemory(server.pid);
      const started = performance.now();
      await Promise.all(blobs.map((blob) => pushBlob(server, blob, headers))).catch((cause: unknown) => {
        memory.stop();
        throw cause;
      });
      const elapsedMs = performance.now() - started;
      const peak = memory.stop();
      const readings: Reading[] = [{ metric: rate, value: megabytesPerSecond(count * size, elapsedMs) }];
      if (count > 1) {
        readings.push({ metric: own, value: peak.own / MIB }, { metric: children, value: peak.children / MIB });
      }
      return readings;
    },
  };
}

import { MIB } from '../options.js';
import { makeRandomBlob } from '../random-blob.js';
import type { Metric, Scenario } from '../scenario.js';
import { pushAll } from './blob-push.js';

const PUSHES = { count: 50, size: 100 * MIB };
const DURING = `${PUSHES.count} pushes of ${PUSHES.size / MIB} MiB at a time`;
const P99: Metric = { name: `event-loop delay, p99, during ${DURING}`, unit: 'ms', aim: '< 100 ms' };
const LONGEST: Metric = { name: 'longest event-loop delay then', unit: 'ms' };
const RATE: Metric = { name: DURING, unit: 'MB/s' };

/** How long everybody else waits for an answer while many push. Measured inside the server. */
export function eventLoopLimit(): Scenario {
  return {
    name: P99.name,
    isUnrepeatable: true,
    isOursAlone: true,
    async measure(server) {
      if (!server.eventLoop) return [];
      const blobs = Array.from({ length: PUSHES.count }, () => makeRandomBlob(PUSHES.size));
      await server.eventLoop.takeDelays();
      const rate = await pushAll(server, blobs);
      const { p99Ms, longestMs } = await server.eventLoop.takeDelays();
      return [
        { metric: P99, value: p99Ms },
        { metric: LONGEST, value: longestMs },
        { metric: RATE, value: rate },
      ];
    },
  };
}

import { MIB } from '../options.js';
import { watchMemory } from '../process-memory.js';
import { makeRandomBlob } from '../random-blob.js';
import type { Metric, Scenario } from '../scenario.js';
import { pushAll } from './blob-push.js';

const STREAMS = 16;

/** What many large pushes at once cost in memory: it must not depend on how much is pushed. */
export function memoryLimit(size: number): Scenario {
  const during = `${STREAMS} pushes of ${size / MIB} MiB at a time`;
  const own: Metric = { name: `memory during ${during}`, unit: 'MiB', aim: '≤ 300 MiB' };
  const children: Metric = { name: 'memory of its PostgreSQL then', unit: 'MiB' };
  const rate: Metric = { name: during, unit: 'MB/s' };
  return {
    name: own.name,
    isUnrepeatable: true,
    isOursAlone: true,
    async measure(server) {
      const blobs = Array.from({ length: STREAMS }, () => makeRandomBlob(size));
      const memory = watchMemory(server.pid);
      try {
        const value = await pushAll(server, blobs);
        const peak = memory.stop();
        return [
          { metric: own, value: peak.own / MIB },
          { metric: children, value: peak.children / MIB },
          { metric: rate, value },
        ];
      } finally {
        memory.stop();
      }
    },
  };
}

import { measureLatencies } from '../load/latencies.js';
import { PasswordFlood } from '../load/password-flood.js';
import type { Metric, Scenario } from '../scenario.js';
import { ACCEPT_MANIFEST, TAG } from '../seed.js';

const CONNECTIONS = 8;
const REQUESTS = 1000;
const RATE_PER_SECOND = 500;
const P99: Metric = {
  name: `manifest GET, p99, during ${RATE_PER_SECOND} wrong passwords a second`,
  unit: 'ms',
  aim: '< 300 ms',
};
const MEDIAN: Metric = { name: 'its median then', unit: 'ms' };
const SENT: Metric = { name: 'wrong passwords that were answered then', unit: 'requests/s' };

/** How long pulls take while somebody guesses: from many networks and on many names, so that no limit spares the hashing. */
export function passwordFlood(seconds: number): Scenario {
  return {
    name: P99.name,
    isOursAlone: true,
    async measure(server) {
      if (!server.basic) return [];
      const url = new URL(`/v2/${server.repository}/manifests/${TAG}`, server.url);
      const headers = { ...ACCEPT_MANIFEST, ...(await server.authorize()) };
      const flood = new PasswordFlood(new URL('/token', server.url), RATE_PER_SECOND);
      try {
        await flood.lasts(1);
        const times: number[] = [];
        const medians: number[] = [];
        for (let round = 0; round < seconds; round += 1) {
          const { medianMs, p99Ms } = await measureLatencies({
            next: () => ({ url, headers }),
            connections: CONNECTIONS,
            requests: REQUESTS,
          });
          times.push(p99Ms);
          medians.push(medianMs);
        }
        return [
          { metric: P99, value: Math.max(...times) },
          { metric: MEDIAN, value: Math.max(...medians) },
          { metric: SENT, value: flood.answersPerSecond() },
        ];
      } finally {
        await flood.stop();
      }
    },
  };
}

import { requestsPerSecond } from '../load/requests-per-second.js';
import type { Metric, Scenario } from '../scenario.js';
import { ACCEPT_MANIFEST, TAG } from '../seed.js';

const CONNECTIONS = 32;
const METRIC: Metric = {
  name: `manifest GET by tag, ${CONNECTIONS} connections`,
  unit: 'requests/s',
  aim: '≥ 3 times',
};

export function manifestGet(seconds: number): Scenario {
  return {
    name: METRIC.name,
    async measure(server) {
      const url = new URL(`/v2/${server.repository}/manifests/${TAG}`, server.url);
      const headers = { ...ACCEPT_MANIFEST, ...(await server.authorize()) };
      return [{ metric: METRIC, value: await requestsPerSecond({ url, headers, connections: CONNECTIONS, seconds }) }];
    },
  };
}

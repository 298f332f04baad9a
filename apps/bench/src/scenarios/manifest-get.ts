import { requestsPerSecond } from '../load/requests-per-second.js';
import type { Metric, Scenario } from '../scenario.js';
import { ACCEPT_MANIFEST, DIGEST, TAG } from '../seed.js';

const CONNECTIONS = 32;

/** The same manifest again and again, by its tag and by its digest. */
export function manifestGets(seconds: number): Scenario[] {
  return [manifestGet('tag', TAG, seconds), manifestGet('digest', DIGEST, seconds)];
}

function manifestGet(kind: string, reference: string, seconds: number): Scenario {
  const metric: Metric = {
    name: `manifest GET by ${kind}, ${CONNECTIONS} connections`,
    unit: 'requests/s',
    aim: '≥ 3 times',
  };
  return {
    name: metric.name,
    async measure(server) {
      const url = new URL(`/v2/${server.repository}/manifests/${reference}`, server.url);
      const headers = { ...ACCEPT_MANIFEST, ...(await server.authorize()) };
      return [{ metric, value: await requestsPerSecond({ url, headers, connections: CONNECTIONS, seconds }) }];
    },
  };
}

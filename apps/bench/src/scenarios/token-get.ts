import { requestsPerSecond } from '../load/requests-per-second.js';
import type { Metric, Scenario } from '../scenario.js';
import type { RegistryServer } from '../servers/registry-server.js';

const CONNECTIONS = 32;
const MANY_SCOPES = 32;

/** `GET /token` with an access token: for one repository, and for as many as a request may ask for. */
export function tokenGets(seconds: number): Scenario[] {
  return [tokenGet({ scopes: 1, seconds, aim: '≥ 1000' }), tokenGet({ scopes: MANY_SCOPES, seconds, aim: '≥ 300' })];
}

function tokenGet({ scopes, seconds, aim }: { scopes: number; seconds: number; aim: string }): Scenario {
  const metric: Metric = {
    name: `token with ${scopes} ${scopes === 1 ? 'scope' : 'scopes'}, ${CONNECTIONS} connections`,
    unit: 'requests/s',
    aim,
  };
  return {
    name: metric.name,
    isOursAlone: true,
    async measure(server) {
      if (!server.basic) return [];
      const load = { url: tokenUrl(server, scopes), headers: server.basic, connections: CONNECTIONS, seconds };
      return [{ metric, value: await requestsPerSecond(load) }];
    },
  };
}

/** Asks for the repository that is there, and for others beside it that a first push would make. */
export function tokenUrl({ url, repository }: RegistryServer, scopes: number): URL {
  const target = new URL('/token', url);
  target.searchParams.set('service', target.host);
  for (let number = 0; number < scopes; number += 1) {
    const name = number === 0 ? repository : `${repository}-${number}`;
    target.searchParams.append('scope', `repository:${name}:pull,push`);
  }
  return target;
}

import { requestsPerSecond } from '../load/requests-per-second.js';
import type { Metric, Scenario } from '../scenario.js';
import { MAX_SCOPES, type RegistryServer, repositoriesBeside } from '../servers/registry-server.js';

const CONNECTIONS = 32;

interface Asking {
  readonly who: string;
  readonly scopes: number;
  readonly aim: string;
  readonly headersOf: (server: RegistryServer) => Readonly<Record<string, string>> | undefined;
}

/** `GET /token` with an access token, for one repository and for as many as a request may ask for, and with a robot. */
export function tokenGets(seconds: number): Scenario[] {
  const askings: Asking[] = [
    { who: 'an access token', scopes: 1, aim: '≥ 1000', headersOf: ({ basic }) => basic },
    { who: 'an access token', scopes: MAX_SCOPES, aim: '≥ 300', headersOf: ({ basic }) => basic },
    { who: 'a robot', scopes: MAX_SCOPES, aim: '≥ 300', headersOf: ({ robot }) => robot },
  ];
  return askings.map((asking) => tokenGet(asking, seconds));
}

function tokenGet({ who, scopes, aim, headersOf }: Asking, seconds: number): Scenario {
  const count = `${scopes} ${scopes === 1 ? 'scope' : 'scopes'}`;
  const metric: Metric = { name: `token for ${who}, ${count}, ${CONNECTIONS} connections`, unit: 'requests/s', aim };
  return {
    name: metric.name,
    isOursAlone: true,
    async measure(server) {
      const headers = headersOf(server);
      if (!headers) return [];
      const url = tokenUrl(server, scopes);
      await expectScopes(url, headers, scopes);
      return [{ metric, value: await requestsPerSecond({ url, headers, connections: CONNECTIONS, seconds }) }];
    },
  };
}

/** Asks to pull from and push to so many repositories. */
export function tokenUrl({ url, repository }: RegistryServer, scopes: number): URL {
  const target = new URL('/token', url);
  target.searchParams.set('service', target.host);
  for (const name of repositoriesBeside(repository, scopes)) {
    target.searchParams.append('scope', `repository:${name}:pull,push`);
  }
  return target;
}

export async function fetchToken(url: URL, headers: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { token: string }).token;
}

/** A token that grants less than was asked for is cheaper to make, and no error of the token service. */
async function expectScopes(url: URL, headers: Readonly<Record<string, string>>, scopes: number): Promise<void> {
  const [, payload = ''] = (await fetchToken(url, headers)).split('.');
  const { access } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { access: unknown[] };
  if (access.length !== scopes) throw new Error(`a token grants ${access.length} scopes of ${scopes}`);
}

import { type Latencies, measureLatencies, type Target } from '../load/latencies.js';
import type { Metric, Scenario } from '../scenario.js';
import type { RegistryServer } from '../servers/registry-server.js';
import { fetchToken, tokenUrl } from './token-get.js';

const TOKENS = 1000;
/** A request that nobody is asked for, on the same connection and port: what is left is routing, guard and token. */
const KNOWN: Metric = {
  name: 'a token that is known: GET /v2/ beyond GET /healthz, median',
  unit: 'ms',
  aim: '< 0.1',
};
const FIRST: Metric = { name: 'the first use of a token: what it adds to that, median', unit: 'ms', aim: '< 0.1' };
const WHOLE: Metric = { name: 'GET /v2/ with a token that is known, median', unit: 'ms' };

/**
 * What a request waits longer for its token. Clients send one token with every request to a repository for minutes: it is
 * verified once, and again when the registry has remembered it for half a minute.
 */
export function tokenVerification(): Scenario {
  return {
    name: FIRST.name,
    isOursAlone: true,
    async measure(server) {
      if (!server.basic) return [];
      const tokens = await fetchTokens(server, server.basic);
      const url = new URL('/v2/', server.url);
      const eachOnce = () => {
        const sent = tokens.values();
        return () => ({ url, headers: { authorization: `Bearer ${sent.next().value}` } });
      };
      const free = await oneByOne(() => ({ url: new URL('/healthz', server.url), headers: {} }));
      const first = await oneByOne(eachOnce());
      const again = await oneByOne(eachOnce());
      return [
        { metric: KNOWN, value: again.medianMs - free.medianMs },
        { metric: FIRST, value: first.medianMs - again.medianMs },
        { metric: WHOLE, value: again.medianMs },
      ];
    },
  };
}

function oneByOne(next: () => Target): Promise<Latencies> {
  return measureLatencies({ next, connections: 1, requests: TOKENS });
}

async function fetchTokens(server: RegistryServer, headers: Readonly<Record<string, string>>): Promise<string[]> {
  const tokens: string[] = [];
  while (tokens.length < TOKENS) tokens.push(await fetchToken(tokenUrl(server, 1), headers));
  return tokens;
}

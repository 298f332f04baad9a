import { measureLatencies } from '../load/latencies.js';
import type { Metric, Scenario } from '../scenario.js';
import type { RegistryServer } from '../servers/registry-server.js';
import { tokenUrl } from './token-get.js';

const TOKENS = 1000;
const FIRST: Metric = { name: 'a token is verified for the first time: added to a request', unit: 'ms', aim: '< 0.1' };
const AGAIN: Metric = { name: 'GET /v2/ with a token that is known, median', unit: 'ms' };

/** What a request waits longer with a token that the registry has not seen than with one that it remembers. */
export function tokenVerification(): Scenario {
  return {
    name: FIRST.name,
    isOursAlone: true,
    async measure(server) {
      if (!server.basic) return [];
      const tokens = await fetchTokens(server);
      const url = new URL('/v2/', server.url);
      let at = 0;
      const next = () => {
        const authorization = `Bearer ${tokens[at % tokens.length]}`;
        at += 1;
        return { url, headers: { authorization } };
      };
      const load = { next, connections: 1, requests: TOKENS };
      const first = await measureLatencies(load);
      const again = await measureLatencies(load);
      return [
        { metric: FIRST, value: first.medianMs - again.medianMs },
        { metric: AGAIN, value: again.medianMs },
      ];
    },
  };
}

async function fetchTokens(server: RegistryServer): Promise<string[]> {
  const tokens: string[] = [];
  while (tokens.length < TOKENS) {
    const response = await fetch(tokenUrl(server, 1), server.basic ? { headers: server.basic } : {});
    tokens.push(((await response.json()) as { token: string }).token);
  }
  return tokens;
}

import { type Latencies, measureLatencies, type Target } from '../load/latencies.js';
import type { StowageServer } from '../servers/stowage-server.js';

export interface Page {
  readonly name: string;
  readonly aim: string;
  readonly path: string;
  /** How the caller shows who it is: as a client of the registry, or as the dashboard. */
  readonly as: 'client' | 'browser';
  /** The repository of a client's token; none for the catalog. */
  readonly repository?: string;
}

const WARM_UP = 20;

/** One request after the other, as one person turns pages. */
export async function measurePage(server: StowageServer, page: Page, requests: number): Promise<Latencies> {
  const headers = page.as === 'browser' ? { cookie: server.cookie } : await server.authorizeFor(page.repository);
  const target: Target = { url: new URL(page.path, server.url), headers };
  const next = () => target;
  await measureLatencies({ next, connections: 1, requests: WARM_UP });
  return measureLatencies({ next, connections: 1, requests });
}

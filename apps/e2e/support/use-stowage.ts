import { afterAll, beforeAll } from 'vitest';
import { makeTempDir, removeDataDir } from './data-dir.js';
import { type Stowage, startStowage } from './stowage.js';
import { SHARED_URL_VARIABLE } from './topology/shared-url.js';

export interface Running {
  /** The process; there is none to see where the suites of a run share replicas. */
  readonly server: Stowage;
  readonly url: string;
  readonly host: string;
}

type Environment = Readonly<Record<string, string>>;

/**
 * A Stowage for a whole suite file: one on data of its own, or the replicas that all suites of the run share. A function is
 * asked when the server starts: for what an earlier `beforeAll` has started.
 */
export function useStowage(environment: Environment | (() => Environment) = {}): Running {
  const shared = process.env[SHARED_URL_VARIABLE];
  if (shared !== undefined) return sharedAt(shared);
  let running: Stowage | undefined;
  let dataDir = '';
  beforeAll(async () => {
    dataDir = makeTempDir('data');
    const env = typeof environment === 'function' ? environment() : environment;
    running = await startStowage({ dataDir, env });
  });
  afterAll(async () => {
    await running?.stop();
    await removeDataDir(dataDir);
  });
  const server = (): Stowage => {
    if (!running) throw new Error('the server is started by beforeAll');
    return running;
  };
  return {
    get server() {
      return server();
    },
    get url() {
      return server().url;
    },
    get host() {
      return server().host;
    },
  };
}

function sharedAt(url: string): Running {
  return {
    url,
    host: new URL(url).host,
    get server(): Stowage {
      throw new Error('replicas have no one process');
    },
  };
}

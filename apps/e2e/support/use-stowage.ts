import { afterAll, beforeAll } from 'vitest';
import { makeTempDir, removeDataDir } from './data-dir.js';
import { type Stowage, startStowage } from './stowage.js';

export interface Running {
  readonly server: Stowage;
  readonly url: string;
  readonly host: string;
}

/** One Stowage for a whole suite file, on data of its own. */
export function useStowage(env: Readonly<Record<string, string>> = {}): Running {
  let running: Stowage | undefined;
  let dataDir = '';
  beforeAll(async () => {
    dataDir = makeTempDir('data');
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

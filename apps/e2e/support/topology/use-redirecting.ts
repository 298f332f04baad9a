import { afterAll, beforeAll } from 'vitest';
import { reportSkip } from '../clients.js';
import { makeTempDir, removeDataDir } from '../data-dir.js';
import { type Stowage, startStowage } from '../stowage.js';
import type { Running } from '../use-stowage.js';
import { createBucket, type S3Server, s3Environment, startS3Server } from './s3-server.js';
import { type SeenRequest, WatchedGateway } from './watched-gateway.js';

const BUCKET = 'stowage';

export interface Redirecting extends Running {
  /** Where clients reach the S3 service; the registry itself goes another way. */
  readonly publicEndpoint: string;
  /** What clients asked the S3 service for. */
  readonly seen: readonly SeenRequest[];
}

/** A real S3 server for the suites of a file, or undefined where there can be none; the skip has been reported. */
export async function redirectTarget(what: string): Promise<S3Server | undefined> {
  const started = await startS3Server();
  if (typeof started !== 'string') return started;
  reportSkip(what, started);
  return undefined;
}

/** A Stowage of the suite's own that sends downloads to a bucket. Ends the server as well. */
export function useRedirecting(s3: S3Server): Redirecting {
  let running: { stowage: Stowage; gateway: WatchedGateway } | undefined;
  let dataDir = '';
  beforeAll(async () => {
    await createBucket(s3, BUCKET);
    dataDir = makeTempDir('redirecting');
    const gateway = await WatchedGateway.open(s3.endpoint);
    const redirect = { STOWAGE_S3_REDIRECT: 'true', STOWAGE_S3_PUBLIC_ENDPOINT: gateway.url };
    const stowage = await startStowage({ dataDir, env: { ...s3Environment(s3, BUCKET), ...redirect } });
    running = { stowage, gateway };
  });
  afterAll(async () => {
    await running?.stowage.stop();
    await running?.gateway.close();
    await s3.stop();
    await removeDataDir(dataDir);
  });
  const parts = (): NonNullable<typeof running> => {
    if (!running) throw new Error('it is started by beforeAll');
    return running;
  };
  return {
    get server() {
      return parts().stowage;
    },
    get url() {
      return parts().stowage.url;
    },
    get host() {
      return parts().stowage.host;
    },
    get publicEndpoint() {
      return parts().gateway.url;
    },
    get seen() {
      return parts().gateway.seen;
    },
  };
}

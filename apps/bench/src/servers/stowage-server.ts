import { randomBytes } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CleanUp } from '../clean-up.js';
import { EventLoopProbe } from './event-loop-probe.js';
import type { RegistryServer } from './registry-server.js';
import { findFreePort, ServerProcess } from './server-process.js';
import { createAccessToken, requestBearer } from './stowage-credentials.js';

const MAIN = fileURLToPath(new URL('../../../stowage/dist/main.js', import.meta.url));
const OWNER = 'bench';
const QUOTA_BYTES = 1024 ** 4;

/** Stowage as `npm start` runs it, with its embedded Postgres, a user and that user's access token. */
export async function startStowage(directory: string, cleanUp: CleanUp): Promise<RegistryServer> {
  const dataDir = join(directory, 'stowage');
  await mkdir(dataDir);
  // Postgres does not run as root: started by root, it runs as a user who has to get here.
  await chmod(dataDir, 0o755);
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const password = randomBytes(18).toString('base64url');
  const eventLoop = new EventLoopProbe(join(directory, 'event-loop.json'));
  const env = {
    ...eventLoop.environment,
    STOWAGE_PORT: String(port),
    STOWAGE_PUBLIC_URL: url,
    STOWAGE_DATA_DIR: dataDir,
    STOWAGE_DEFAULT_QUOTA_BYTES: String(QUOTA_BYTES),
    STOWAGE_ADMIN_USERNAME: OWNER,
    STOWAGE_ADMIN_EMAIL: `${OWNER}@example.com`,
    STOWAGE_ADMIN_PASSWORD: password,
  };
  const server = new ServerProcess({ file: process.execPath, args: [MAIN], env });
  cleanUp.add(() => server.stop());
  await server.ready(`${url}/readyz`);
  eventLoop.watch(server.pid);
  const secret = await createAccessToken({ url, login: OWNER, password });
  const repository = `${OWNER}/image`;
  const authorize = async () => ({ authorization: await requestBearer({ url, repository, login: OWNER, secret }) });
  return { name: 'Stowage', url, pid: server.pid, repository, eventLoop, authorize };
}

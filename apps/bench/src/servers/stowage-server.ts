import { randomBytes } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CleanUp } from '../clean-up.js';
import { EventLoopProbe } from './event-loop-probe.js';
import { type RegistryServer, repositoriesBeside } from './registry-server.js';
import { findFreePort, ServerProcess } from './server-process.js';
import { basicOf, createAccessToken, createRobot, requestBearer, signIn } from './stowage-credentials.js';

const MAIN = fileURLToPath(new URL('../../../stowage/dist/main.js', import.meta.url));
/** Whom everything belongs to. */
export const OWNER = 'bench';
const QUOTA_BYTES = 1024 ** 4;

export interface StowageServer extends RegistryServer {
  readonly eventLoop: EventLoopProbe;
  /** Of the browser of the user that owns everything. */
  readonly cookie: string;
  /** Headers that prove the owner to the token service: an access token. */
  readonly basic: Readonly<Record<string, string>>;
  /** Headers for one repository, or for the catalog. */
  authorizeFor(repository: string | undefined): Promise<Readonly<Record<string, string>>>;
}

/** Stowage as `npm start` runs it, with its embedded Postgres unless `variables` name another, and a user's access token. */
export async function startStowage(
  directory: string,
  cleanUp: CleanUp,
  variables: Readonly<Record<string, string>> = {},
): Promise<StowageServer> {
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
    STOWAGE_API_RATE_LIMIT: '0',
    STOWAGE_ADMIN_USERNAME: OWNER,
    STOWAGE_ADMIN_EMAIL: `${OWNER}@example.com`,
    STOWAGE_ADMIN_PASSWORD: password,
    ...variables,
  };
  const server = new ServerProcess({ file: process.execPath, args: [MAIN], env });
  cleanUp.add(() => server.stop());
  await server.ready(`${url}/readyz`);
  eventLoop.watch(server.pid);
  const cookie = await signIn({ url, login: OWNER, password });
  const secret = await createAccessToken({ url, cookie });
  const repository = `${OWNER}/image`;
  const authorizeFor = async (name: string | undefined) => {
    const scope = name === undefined ? 'registry:catalog:*' : `repository:${name}:pull,push`;
    return { authorization: await requestBearer({ url, scope, login: OWNER, secret }) };
  };
  const authorize = () => authorizeFor(repository);
  const basic = { authorization: basicOf(OWNER, secret) };
  const grants = repositoriesBeside(repository);
  const robot = { authorization: await createRobot({ url, cookie, namespace: OWNER, grants }) };
  return {
    name: 'Stowage',
    url,
    pid: server.pid,
    repository,
    eventLoop,
    cookie,
    basic,
    robot,
    authorize,
    authorizeFor,
  };
}

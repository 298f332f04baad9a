import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CleanUp } from '../clean-up.js';
import type { RegistryServer } from './registry-server.js';
import { findFreePort, ServerProcess } from './server-process.js';

const BINARY = '/usr/bin/docker-registry';

export function isDistributionInstalled(): boolean {
  return existsSync(BINARY);
}

/** CNCF Distribution as Debian packages it: file system, its descriptor cache on, no authentication, no access log. */
export async function startDistribution(directory: string, cleanUp: CleanUp): Promise<RegistryServer> {
  const root = join(directory, 'distribution');
  const port = await findFreePort();
  const config = join(root, 'config.yml');
  await mkdir(root, { recursive: true });
  await writeFile(config, configuration(join(root, 'data'), port));
  const server = new ServerProcess({ file: BINARY, args: ['serve', config], env: {} });
  const url = `http://127.0.0.1:${port}`;
  cleanUp.add(() => server.stop());
  await server.ready(`${url}/v2/`);
  return { name: 'Distribution', url, pid: server.pid, repository: 'bench/image', authorize: async () => ({}) };
}

function configuration(data: string, port: number): string {
  return `version: 0.1
log: { level: error, accesslog: { disabled: true } }
storage:
  filesystem: { rootdirectory: ${data} }
  cache: { blobdescriptor: inmemory }
http: { addr: 127.0.0.1:${port}, secret: bench }
`;
}

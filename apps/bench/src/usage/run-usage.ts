import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CleanUp } from '../clean-up.js';
import { median } from '../compare.js';
import { formatRows } from '../format-table.js';
import { formatValue } from '../format-value.js';
import { startFilledServer } from '../scale/filled-server.js';
import { OWNER, type StowageServer } from '../servers/stowage-server.js';
import { settle } from '../settle.js';
import { fillRepositories, MANIFESTS_OF_A_REPOSITORY } from './fill-repositories.js';

const ROUNDS = 5;

/** How long the usage of a namespace takes: the page, and a page of its list of repositories. */
export async function runUsage(repositories: number, parent: string, cleanUp: CleanUp): Promise<void> {
  const directory = await mkdtemp(join(parent, 'stowage-usage-'));
  cleanUp.add(() => rm(directory, { recursive: true, force: true }));
  await chmod(directory, 0o755);
  const filled = await startFilledServer(join(directory, 'filled'), cleanUp);
  await fillRepositories(filled, repositories);
  await settle(filled.server.pid);
  const what = `${repositories} repositories of ${MANIFESTS_OF_A_REPOSITORY} images`;
  const rows = [
    [`usage of ${what}`, `${formatValue(await measure(filled.server, 'usage'))} s`, '< 1 s'],
    ['its list of repositories', `${formatValue(await measure(filled.server, 'usage/repositories'))} s`, '< 1 s'],
  ];
  console.log(`\n${formatRows([['', 'measured', 'aim'], ...rows], 1)}`);
}

async function measure(server: StowageServer, path: string): Promise<number> {
  await read(server, path); // caches are cold
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) seconds.push(await read(server, path));
  return median(seconds);
}

async function read({ url, cookie }: StowageServer, path: string): Promise<number> {
  const startedAt = performance.now();
  const answer = await fetch(`${url}/api/v1/namespaces/${OWNER}/${path}`, { headers: { cookie } });
  const text = await answer.text();
  const seconds = (performance.now() - startedAt) / 1000;
  if (answer.status !== 200 || !text.includes('"exclusiveBytes"')) {
    throw new Error(`not the usage: ${answer.status} ${text.slice(0, 200)}`);
  }
  return seconds;
}

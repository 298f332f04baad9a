import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CleanUp } from '../clean-up.js';
import { median } from '../compare.js';
import { formatRows } from '../format-table.js';
import { formatValue } from '../format-value.js';
import { type FilledServer, startFilledServer } from '../scale/filled-server.js';
import { settle } from '../settle.js';
import { type FilledRepository, fillTags } from './fill-tags.js';

const ROUNDS = 5;

/** How long a person waits for the preview of a policy: which tags would go, why, and what would be freed. */
export async function runRetention(tags: number, parent: string, cleanUp: CleanUp): Promise<void> {
  const directory = await mkdtemp(join(parent, 'stowage-retention-'));
  cleanUp.add(() => rm(directory, { recursive: true, force: true }));
  await chmod(directory, 0o755);
  const filled = await startFilledServer(join(directory, 'filled'), cleanUp);
  const repository = await fillTags(filled, tags);
  await settle(filled.server.pid);
  await preview(filled, repository, tags); // caches are cold
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) seconds.push(await preview(filled, repository, tags));
  const rows = [[`retention preview over ${tags} tags`, `${formatValue(median(seconds))} s`, '< 2 s']];
  console.log(`\n${formatRows([['', 'measured', 'aim'], ...rows], 1)}`);
}

/** Nine tags of ten go, by a rule about all of them; the answer has the first page and the sums. Resolves with the seconds. */
async function preview({ server }: FilledServer, { namespace, path }: FilledRepository, tags: number): Promise<number> {
  const keep = { kind: 'newest-pushed', count: Math.min(10_000, Math.ceil(tags / 10)) };
  const headers = { 'content-type': 'application/json', cookie: server.cookie, origin: server.url };
  const body = JSON.stringify({ policy: { rules: [{ tags: ['*'], keep }] } });
  const startedAt = performance.now();
  const url = `${server.url}/api/v1/namespaces/${namespace}/repositories/${path}/retention-policy/preview?limit=20&verdict=delete`;
  const answer = await fetch(url, { method: 'POST', headers, body });
  const found = (await answer.json()) as { tags: number; deletedTags: number; freedBytes: number };
  const seconds = (performance.now() - startedAt) / 1000;
  if (
    answer.status !== 200 ||
    found.tags !== tags ||
    found.deletedTags !== tags - keep.count ||
    found.freedBytes === 0
  ) {
    throw new Error(`not the preview of ${tags} tags: ${answer.status} ${JSON.stringify(found).slice(0, 200)}`);
  }
  return seconds;
}

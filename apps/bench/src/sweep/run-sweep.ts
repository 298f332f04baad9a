import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CleanUp } from '../clean-up.js';
import { median } from '../compare.js';
import { formatRows } from '../format-table.js';
import { formatValue } from '../format-value.js';
import { measureLatencies } from '../load/latencies.js';
import { makeRandomBlob } from '../random-blob.js';
import { type FilledServer, startFilledServer } from '../scale/filled-server.js';
import { pushBlob } from '../http/push-blob.js';
import { settle } from '../settle.js';
import { collectNow, firstLookOver, ONLY_WHEN_ASKED, type Sweep } from './collect-now.js';
import { makeDeadBlobs } from './dead-blobs.js';
import { makeDeadLinks, makeLiveRows } from './live-rows.js';

export interface SweepSize {
  /** Unreferenced blobs on disk. */
  readonly blobs: number;
  readonly manyRows: number;
  readonly fewRows: number;
  /** Dead among the live ones. */
  readonly dead: number;
}

const PULL_BYTES = 16 * 1024;
const CONNECTIONS = 8;
const REQUESTS_OF_A_ROUND = 2_000;
const ROUNDS = 5;
const ATTEMPTS = 3;

/** What garbage collection costs: itself, the pulls beside it, and what is not garbage. */
export async function runSweep(size: SweepSize, parent: string, cleanUp: CleanUp): Promise<void> {
  const directory = await mkdtemp(join(parent, 'stowage-sweep-'));
  cleanUp.add(() => rm(directory, { recursive: true, force: true }));
  await chmod(directory, 0o755);
  const rows = [...(await sweepDisk(size, directory, cleanUp)), ...(await sweepRows(size, directory, cleanUp))];
  console.log(`\n${formatRows([['', 'measured', 'aim'], ...rows], 1)}`);
}

/** Pulls go on, 8 at a time, from the process that sweeps. */
async function sweepDisk({ blobs }: SweepSize, directory: string, cleanUp: CleanUp): Promise<string[][]> {
  const filled = await startFilledServer(join(directory, 'disk'), cleanUp, ONLY_WHEN_ASKED);
  await firstLookOver(filled);
  await makeDeadBlobs(filled, join(directory, 'disk', 'stowage', 'storage'), blobs);
  const pulls = await preparePulls(filled);
  await settle(filled.server.pid);
  await pulls();
  const quiet = [await pulls(), await pulls(), await pulls()];
  let isOver = false;
  const sweeping = collectNow(filled).finally(() => (isOver = true));
  const busy: number[] = [];
  while (!isOver) busy.push(await pulls());
  const { seconds, removedObjects } = await sweeping;
  if (removedObjects !== blobs) throw new Error(`${removedObjects} of ${blobs} objects are gone`);
  const [before, during] = [median(quiet), median(busy)];
  return [
    [`sweep of ${blobs} blobs on disk`, `${formatValue(blobs / seconds)} blobs/s`, '≥ 1000 blobs/s'],
    ['p99 of pulls before it', `${formatValue(before)} ms`, ''],
    ['p99 of pulls meanwhile', `${formatValue(during)} ms`, ''],
    ['the latter in times', formatValue(during / before), '≤ 1.5 times'],
  ];
}

/** Resolves with the p99 of a round, in milliseconds. */
async function preparePulls({ server }: FilledServer): Promise<() => Promise<number>> {
  const blob = makeRandomBlob(PULL_BYTES);
  const headers = await server.authorizeFor(server.repository);
  await pushBlob(server, blob, headers);
  const target = { url: new URL(`/v2/${server.repository}/blobs/${blob.digest}`, server.url), headers };
  const load = { next: () => target, connections: CONNECTIONS, requests: REQUESTS_OF_A_ROUND };
  return async () => (await measureLatencies(load)).p99Ms;
}

/** Turn and turn about; the ratio is that of the medians over the rounds. */
async function sweepRows(size: SweepSize, directory: string, cleanUp: CleanUp): Promise<string[][]> {
  const { manyRows, fewRows, dead } = size;
  const few = await startFilledServer(join(directory, 'few'), cleanUp, ONLY_WHEN_ASKED);
  const many = await startFilledServer(join(directory, 'many'), cleanUp, ONLY_WHEN_ASKED);
  await Promise.all([few, many].map((each) => firstLookOver(each)));
  await makeLiveRows(few, fewRows);
  await makeLiveRows(many, manyRows);
  const times: { few: number[]; many: number[] } = { few: [], many: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const sweeps = { few: await sweepOnce(few, dead, round), many: await sweepOnce(many, dead, round) };
    if (round === 0) continue; // caches are cold
    times.few.push(sweeps.few.seconds);
    times.many.push(sweeps.many.seconds);
  }
  const [atFew, atMany] = [median(times.few), median(times.many)];
  const row = (count: number, seconds: number) => [
    `sweep of ${dead} dead among ${count} live rows`,
    `${formatValue(seconds * 1000)} ms`,
    '',
  ];
  return [
    row(fewRows, atFew),
    row(manyRows, atMany),
    ['the latter in times', formatValue(atMany / atFew), '≤ 2 times'],
  ];
}

async function sweepOnce(filled: FilledServer, dead: number, round: number): Promise<Sweep> {
  await makeDeadLinks(filled, dead, round);
  const total = { seconds: 0, removedObjects: 0 };
  // A step that failed on a busy machine is tried again by the next run, and its time counts.
  for (let attempt = 0; attempt < ATTEMPTS && total.removedObjects < dead; attempt += 1) {
    const sweep = await collectNow(filled);
    total.seconds += sweep.seconds;
    total.removedObjects += sweep.removedObjects;
  }
  if (total.removedObjects !== dead) throw new Error(`${total.removedObjects} of ${dead} objects are gone`);
  return total;
}

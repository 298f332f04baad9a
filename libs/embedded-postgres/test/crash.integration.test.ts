import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { aDataFolder, aProcessThatStarts, isRunning, query, start } from './support.js';

const INSERT = 'CREATE TABLE IF NOT EXISTS kept (n int); INSERT INTO kept VALUES (1)';

test('starts after kill -9 of the whole server and has what was committed', async () => {
  const folder = await aDataFolder();
  const first = await start(folder);
  await query(first, INSERT);
  process.kill(-first.pid, 'SIGKILL');
  const second = await start(folder);
  expect(await query(second, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
});

test('starts after kill -9 of the postmaster alone, once its children have gone', async () => {
  const folder = await aDataFolder();
  const first = await start(folder);
  await query(first, INSERT);
  process.kill(first.pid, 'SIGKILL');
  const second = await start(folder);
  expect(await query(second, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
});

test('stops the server that a killed process left behind, and says so', async () => {
  const folder = await aDataFolder();
  const stranger = await aProcessThatStarts(folder);
  await query(stranger, INSERT);
  await stranger.kill();
  expect(isRunning(stranger.pid)).toBe(true);
  const warnings: unknown[] = [];
  const logger = { info: () => {}, warn: (...args: unknown[]) => warnings.push(args) };
  const server = await start(folder, { logger });
  expect(server.pid).not.toBe(stranger.pid);
  expect(await query(server, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  expect(warnings).toEqual([[{ pid: stranger.pid }, 'stopped the PostgreSQL of a process that was killed']]);
});

test('is not kept from starting by a pid file whose number another program has now', async () => {
  const folder = await aDataFolder();
  const first = await start(folder);
  await query(first, INSERT);
  const pidFile = path.join(folder, 'postgres', 'postmaster.pid');
  const left = await readFile(pidFile, 'utf8');
  process.kill(-first.pid, 'SIGKILL');
  const other = spawn('sleep', ['60']);
  await once(other, 'spawn');
  await writeFile(pidFile, left.replace(/^\d+/, `${other.pid}`));
  const second = await start(folder);
  expect(await query(second, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  expect(other.exitCode).toBeNull();
  other.kill();
});

test.for(['', 'garbage\n'])('is not kept from starting by a pid file that holds %j', async (content) => {
  const folder = await aDataFolder();
  await (await start(folder)).stop();
  await writeFile(path.join(folder, 'postgres', 'postmaster.pid'), content);
  const server = await start(folder);
  expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('starts over when it was killed while it made the cluster', async () => {
  const folder = await aDataFolder();
  const half = aProcessThatStarts(folder);
  half.catch(() => {});
  await expect.poll(() => readdir(folder), { interval: 5 }).toContainEqual(expect.stringMatching(/^postgres\.init/));
  const script = await findProcess(folder);
  process.kill(script, 'SIGKILL');
  const server = await start(folder);
  expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect((await readdir(folder)).toSorted()).toEqual(['postgres', 'postgres-socket', 'postgres.log']);
});

async function findProcess(folder: string): Promise<number> {
  for (const name of await readdir('/proc')) {
    const commandLine = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (commandLine.includes('--input-type=module') && commandLine.includes(folder)) return Number(name);
  }
  return expect.fail('no process starts a server there');
}

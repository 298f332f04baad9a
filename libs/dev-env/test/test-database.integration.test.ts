import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase, startTestPostgres } from '../src/testing/index.js';

async function rows(connectionString: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('gives every caller an empty database of its own', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await rows(one.connectionString, 'CREATE TABLE mine (id int)');
  const tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
  expect(await rows(one.connectionString, tables)).toEqual([{ tablename: 'mine' }]);
  expect(await rows(two.connectionString, tables)).toEqual([]);
  await Promise.all([one.dispose(), two.dispose()]);
  await expect(rows(one.connectionString, 'SELECT 1')).rejects.toThrow(/does not exist/);
});

test('prepares a template once and copies it for everybody', async () => {
  let prepared = 0;
  const template = {
    name: `numbers_${process.pid}`,
    prepare: async (url: string) => {
      prepared += 1;
      await rows(url, 'CREATE TABLE numbers AS SELECT generate_series(1, 3) AS n');
    },
  };
  const databases = await Promise.all([1, 2, 3].map(() => createTestDatabase({ template })));
  for (const { connectionString, dispose } of databases) {
    expect(await rows(connectionString, 'SELECT count(*)::int AS n FROM numbers')).toEqual([{ n: 3 }]);
    await dispose();
  }
  expect(prepared).toBe(1);
});

test('takes the server and its folder away on stop', async () => {
  const server = await startTestPostgres();
  const folder = path.dirname(new URL(server.connectionString).searchParams.get('host') ?? '');
  expect(existsSync(folder)).toBe(true);
  await server.stop();
  expect(existsSync(folder)).toBe(false);
  expect(() => process.kill(server.pid, 0)).toThrow(/ESRCH/);
});

test('takes them away as well when the process that started it is killed', async () => {
  const script =
    "import { startTestPostgres } from '@stowage/dev-env/testing'; console.log(JSON.stringify(await startTestPostgres()));";
  // A plain process runs what is built: `npm test` builds first.
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  const { connectionString, pid } = JSON.parse(output.toString()) as { connectionString: string; pid: number };
  const folder = path.dirname(new URL(connectionString).searchParams.get('host') ?? '');
  child.kill('SIGKILL');
  await expect.poll(() => existsSync(folder), { timeout: 10_000 }).toBe(false);
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
});

import { readdir, readFile, stat, writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type PostgresExitError, PostgresStartError, startEmbeddedPostgres } from '../src/index.js';
import { aDataFolder, FAST, isRunning, query, start } from './support.js';

test('makes a cluster with durable settings that only its owner can reach', async () => {
  const folder = await aDataFolder();
  const server = await start(folder, { parameters: {} });
  const settings = await query(
    server,
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes',
       'listen_addresses', 'max_connections', 'server_encoding', 'data_checksums', 'TimeZone') ORDER BY name`,
  );
  expect(Object.fromEntries(settings.map((row) => Object.values(row as object)))).toEqual({
    TimeZone: 'UTC',
    data_checksums: 'on',
    fsync: 'on',
    full_page_writes: 'on',
    listen_addresses: '',
    max_connections: '100',
    server_encoding: 'UTF8',
    synchronous_commit: 'on',
  });
  expect(
    await query(server, 'SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()'),
  ).toEqual([{ datlocprovider: 'b', datlocale: 'C.UTF-8' }]);
  for (const name of ['postgres', 'postgres-socket']) {
    expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o700);
  }
  expect((await readdir(folder)).toSorted()).toEqual(['postgres', 'postgres-socket', 'postgres.log']);
});

test('keeps the data, and the log of earlier starts, over a restart', async () => {
  const folder = await aDataFolder();
  const first = await start(folder);
  await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  await first.stop();
  expect(isRunning(first.pid)).toBe(false);
  const second = await start(folder);
  expect(await query(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  expect(await readFile(path.join(folder, 'postgres.log.1'), 'utf8')).toContain(`[${first.pid}]`);
});

test('runs in a process group of its own, out of the reach of Ctrl-C', async () => {
  const server = await start(await aDataFolder());
  const fields = (await readFile(`/proc/${server.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ');
  expect(fields?.[2]).toBe(`${server.pid}`);
});

test('reports an end that nobody asked for, with the last lines of the log, and only that', async () => {
  const folder = await aDataFolder();
  const asked = await start(folder);
  const errors: PostgresExitError[] = [];
  asked.onUnexpectedExit((error) => errors.push(error));
  await asked.stop();
  const server = await start(folder);
  server.onUnexpectedExit((error) => errors.push(error));
  process.kill(server.pid, 'SIGTERM');
  await expect.poll(() => errors.length).toBe(1);
  expect(errors[0]?.message).toBe('PostgreSQL ended by itself (exit code 0)');
  expect(errors[0]?.log.join('\n')).toContain('received smart shutdown request');
});

test('hands no variable of ours to the server, and follows no PG variable', async () => {
  process.env['STOWAGE_ADMIN_PASSWORD'] = 'hunter2-hunter2';
  process.env['PGPORT'] = '1';
  try {
    const server = await start(await aDataFolder());
    expect(await readFile(`/proc/${server.pid}/environ`, 'utf8')).not.toContain('hunter2');
    expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  } finally {
    delete process.env['STOWAGE_ADMIN_PASSWORD'];
    delete process.env['PGPORT'];
  }
});

async function startError(folder: string, parameters: Record<string, string> = FAST): Promise<PostgresStartError> {
  const failure = startEmbeddedPostgres({ dataDirectory: path.join(folder, 'postgres'), parameters });
  return failure.then(
    () => expect.fail('it started'),
    (error: PostgresStartError) => error,
  );
}

test('says which version made the folder', async () => {
  const folder = await aDataFolder();
  await (await start(folder)).stop();
  await writeFile(path.join(folder, 'postgres', 'PG_VERSION'), '16\n');
  const error = await startError(folder);
  expect(error).toBeInstanceOf(PostgresStartError);
  expect(error.code).toBe('VERSION_MISMATCH');
  expect(error.message).toContain(`${folder}/postgres was made by PostgreSQL 16 and this is 18.`);
});

test('leaves files alone that are no cluster', async () => {
  const folder = await aDataFolder();
  await mkdir(path.join(folder, 'postgres'));
  await writeFile(path.join(folder, 'postgres', 'precious'), '');
  expect((await startError(folder)).code).toBe('NOT_A_CLUSTER');
});

test('quotes what PostgreSQL said last when it refuses', async () => {
  const error = await startError(await aDataFolder(), { ...FAST, max_connections: 'many' });
  expect(error.code).toBe('FAILED');
  expect(error.message).toMatch(/did not start in .*: exit code 1: .*invalid value for parameter "max_connections"/);
  expect(error.message).not.toContain('\n');
  expect(error.log.length).toBeGreaterThan(0);
});

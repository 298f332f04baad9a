import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aDataFolder, query, start } from './support.js';

test.for(['x'.repeat(120), 'with space, "quotes", % and ü'])('works in a folder called %s', async (name) => {
  const folder = path.join(await aDataFolder(), name);
  await mkdir(folder);
  const server = await start(folder);
  expect(await query(server, 'SELECT current_database() AS name')).toEqual([{ name: 'stowage' }]);
});

test('removes the socket folder that a long path needs elsewhere, after a crash as well', async () => {
  const folder = path.join(await aDataFolder(), 'x'.repeat(120));
  const socketFolder = (server: { connectionString: string }) =>
    new URL(server.connectionString).searchParams.get('host') ?? '';
  const first = await start(folder);
  expect((await stat(socketFolder(first))).mode & 0o777).toBe(0o700);
  process.kill(-first.pid, 'SIGKILL');
  const second = await start(folder);
  await expect(stat(socketFolder(first))).rejects.toThrow('ENOENT');
  await second.stop();
  await expect(stat(socketFolder(second))).rejects.toThrow('ENOENT');
});

test('makes the folders on the way', async () => {
  const server = await start(path.join(await aDataFolder(), 'a', 'b'));
  expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

describe.runIf(process.geteuid?.() === 0)('as root', () => {
  test('works below a folder that only root may enter, with files that stay the owner’s', async () => {
    const parent = await aDataFolder();
    await chmod(parent, 0o700);
    await start(path.join(parent, 'data'));
    expect((await stat(path.join(parent, 'data', 'postgres'))).uid).toBe(0);
  });

  test('becomes nobody where user namespaces are forbidden, and takes the files back later', async () => {
    const parent = await aDataFolder();
    await chmod(parent, 0o755);
    const folder = path.join(parent, 'data');
    const restore = await forbidUserNamespaces();
    const first = await start(folder);
    await query(first, 'CREATE TABLE kept AS SELECT 1 AS n');
    expect((await stat(path.join(folder, 'postgres'))).uid).toBe(65534);
    expect((await stat(folder)).mode & 0o777).toBe(0o710);
    await first.stop();
    restore();
    const second = await start(folder);
    expect(await query(second, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    expect((await stat(path.join(folder, 'postgres'))).uid).toBe(0);
  });

  test('says what to do when nobody can enter the folder either', async () => {
    const parent = await aDataFolder();
    await chmod(parent, 0o700);
    await forbidUserNamespaces();
    await expect(start(path.join(parent, 'data'))).rejects.toThrow(/refuses to run as root.*STOWAGE_DATA_DIR/);
  });
});

/** As a container without that right looks to us: `unshare` is there and fails. */
async function forbidUserNamespaces(): Promise<() => void> {
  const bin = await aDataFolder();
  await writeFile(path.join(bin, 'unshare'), '#!/bin/sh\necho "unshare failed: Operation not permitted" >&2\nexit 1\n');
  await chmod(path.join(bin, 'unshare'), 0o755);
  const before = process.env['PATH'];
  process.env['PATH'] = `${bin}:${before}`;
  const restore = () => {
    process.env['PATH'] = before;
  };
  onTestFinished(restore);
  return restore;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataFolderError } from '../src/data-folder/data-folder-error.js';
import { lockDataFolder } from '../src/data-folder/lock-data-folder.js';

let parent: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), 'stowage-lock-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(parent, { recursive: true, force: true });
});

/** A process of its own, which locks when it is told to and then stays. It runs what is built. */
const CONTENDER = `
  import { createInterface } from 'node:readline';
  import { lockDataFolder } from '${path.resolve(import.meta.dirname, '../dist/data-folder/lock-data-folder.js')}';
  console.log('ready');
  for await (const folder of createInterface({ input: process.stdin })) {
    console.log(await lockDataFolder(folder).then(() => 'won', (error) => error.name + ': ' + error.message));
  }
`;

interface Contender {
  readonly pid: number;
  lock(folder: string): Promise<string>;
  kill(): Promise<void>;
}

async function aContender(user: { uid?: number } = {}): Promise<Contender> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', CONTENDER], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...user,
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return {
    pid: child.pid!,
    lock: async (folder) => {
      child.stdin.write(`${folder}\n`);
      return (await lines.next()).value as string;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

test('makes the folder for its owner alone, and can be taken again after the release', async () => {
  const folder = path.join(parent, 'a', 'data');
  const lock = await lockDataFolder(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  await lock.release();
  await lock.release();
  const again = await lockDataFolder(folder);
  await again.release();
});

test('names the folder and the process that holds it', async () => {
  const holder = await aContender();
  expect(await holder.lock(parent)).toBe('won');
  const attempt = lockDataFolder(parent);
  await expect(attempt).rejects.toThrow(DataFolderError);
  await expect(attempt).rejects.toThrow(
    `the data folder ${parent} is in use by process ${holder.pid}: stop that one, or set STOWAGE_DATA_DIR to another folder`,
  );
});

test('refuses a second lock of the same process, and that leaves the first in place', async () => {
  const lock = await lockDataFolder(parent);
  await expect(lockDataFolder(parent)).rejects.toThrow(`process ${process.pid}`);
  const other = await aContender();
  expect(await other.lock(parent)).toContain(`process ${process.pid}`);
  await lock.release();
  expect(await other.lock(parent)).toBe('won');
});

test('takes over at once after kill -9, whoever has the old number now', async () => {
  const holder = await aContender();
  expect(await holder.lock(parent)).toBe('won');
  await holder.kill();
  // The number in the file now belongs to a program that runs.
  await writeFile(path.join(parent, 'stowage.pid'), JSON.stringify({ pid: process.pid, host: os.hostname() }));
  const lock = await lockDataFolder(parent);
  await lock.release();
});

test('lets exactly one of many simultaneous starts win, again and again', async () => {
  const contenders = await Promise.all(Array.from({ length: 12 }, () => aContender()));
  for (let round = 0; round < 10; round += 1) {
    const folder = path.join(parent, `round-${round}`);
    const results = await Promise.all(contenders.map((contender) => contender.lock(folder)));
    const winner = results.indexOf('won');
    expect(results.filter((result) => result === 'won')).toHaveLength(1);
    for (const result of results.toSpliced(winner, 1)) {
      expect(result).toContain(`in use by process ${contenders[winner]?.pid}:`);
    }
  }
});

test('lets exactly one of many take the place of a holder that was killed', async () => {
  const contenders = await Promise.all(Array.from({ length: 8 }, () => aContender()));
  const holder = await aContender();
  expect(await holder.lock(parent)).toBe('won');
  await holder.kill();
  const results = await Promise.all(contenders.map((contender) => contender.lock(parent)));
  expect(results.filter((result) => result === 'won')).toHaveLength(1);
});

test('says that the folder is a file', async () => {
  const file = path.join(parent, 'file');
  await writeFile(file, '');
  await expect(lockDataFolder(file)).rejects.toThrow(`the data folder ${file} can't be used (it is a file)`);
  await expect(lockDataFolder(path.join(file, 'data'))).rejects.toThrow('a part of its path is a file');
});

test('says that the folder may not be written to', async () => {
  await chmod(parent, 0o555);
  // Root may write anywhere.
  const contender = await aContender(process.geteuid?.() === 0 ? { uid: 65534 } : {});
  for (const folder of [parent, path.join(parent, 'data')]) {
    expect(await contender.lock(folder)).toBe(
      `DataFolderError: the data folder ${folder} can't be used (no permission): set STOWAGE_DATA_DIR to a folder that this user may write to`,
    );
  }
  await chmod(parent, 0o700);
});

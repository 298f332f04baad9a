import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const POLL_MS = 20;

/** A process that has ended but was not collected by its parent counts as ended. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) [ZX] /.test(status);
}

/** Whether the process is a postmaster of this folder, by its program and its working or `-D` folder. */
export async function isPostmasterOf(pid: number, dataDirectory: string): Promise<boolean> {
  const [program = '', ...args] = await commandLine(pid);
  if (path.basename(program) !== 'postgres') return false;
  if (args.includes(dataDirectory)) return true;
  return (await workingFolder(pid)) === dataDirectory;
}

async function commandLine(pid: number): Promise<string[]> {
  const linux = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (linux !== undefined) return linux.split('\0');
  if (process.platform === 'linux') return [];
  const listed = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', `${pid}`]).catch(() => undefined);
  return listed?.stdout.trim().split(' ') ?? [];
}

/** Every process that works in this folder: the server's children keep the folder that the server entered. Linux only. */
export async function listProcessesIn(directory: string): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  const found: number[] = [];
  for (const name of names) {
    if (/^\d+$/.test(name) && (await workingFolder(Number(name))) === directory) found.push(Number(name));
  }
  return found;
}

async function workingFolder(pid: number): Promise<string | undefined> {
  return readlink(`/proc/${pid}/cwd`).catch(() => undefined);
}

/** Whether `condition` came true within the time. */
export async function waitUntil(condition: () => Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > end) return false;
    await delay(POLL_MS);
  }
  return true;
}

/** @NOTE A process that has just ended by itself is what the signal is for. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
}

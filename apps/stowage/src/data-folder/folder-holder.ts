import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const ATTEMPTS = 20;
const PAUSE_MS = 25;

/**
 * Who holds the folder, for the message that a second start prints. It decides nothing: the file outlives a killed
 * process, and its number may belong to another program by then.
 */
interface Holder {
  readonly pid: number;
  readonly host: string;
}

export async function writeHolder(folder: string): Promise<void> {
  const file = holderFile(folder);
  const holder: Holder = { pid: process.pid, host: os.hostname() };
  await writeFile(`${file}.new`, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

export async function removeHolder(folder: string): Promise<void> {
  await rm(holderFile(folder), { force: true });
}

/** `process 123`, as far as it can be known. The winner of a race takes a moment to write its name. */
export async function describeHolder(folder: string): Promise<string> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const holder = await readHolder(folder);
    if (holder && holder.host !== os.hostname()) return `process ${holder.pid} on ${holder.host}`;
    if (holder && isRunning(holder.pid)) return `process ${holder.pid}`;
    await delay(PAUSE_MS);
  }
  return 'another process';
}

async function readHolder(folder: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(holderFile(folder), 'utf8')) as Holder;
  } catch {
    // @NOTE Absent or unreadable: the message does without.
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function holderFile(folder: string): string {
  return path.join(folder, 'stowage.pid');
}

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { poll } from './poll.js';

/** Processes are looked up in /proc; where there is none, the cases that kill a whole tree can't run. */
export const canSeeProcesses = process.platform === 'linux';

/** Every process below `pid`, and every one that works inside `folder` (an orphaned Postgres does). */
export function listProcesses(pid: number, folder: string): number[] {
  const parents = new Map(listPids().map((each) => [each, parentOf(each)]));
  const isBelow = (each: number | undefined): boolean =>
    each !== undefined && each > 1 && (each === pid || isBelow(parents.get(each)));
  return [...parents.keys()].filter((each) => isBelow(each) || worksInside(each, folder));
}

/** SIGKILL to all of them, as the power cut would; returns when none is left. */
export async function killAll(pids: readonly number[]): Promise<void> {
  for (const pid of pids) signal(pid, 'SIGKILL');
  await poll(() => (pids.some(isRunning) ? undefined : true), { what: 'the killed processes to be gone' });
}

/** A zombie has ended; only its parent has not looked yet. */
export function isRunning(pid: number): boolean {
  const state = statOf(pid)?.state;
  return state !== undefined && state !== 'Z' && state !== 'X';
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function listPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function parentOf(pid: number): number | undefined {
  return statOf(pid)?.parent;
}

function statOf(pid: number): { state: string; parent: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command stands in parentheses and may hold anything.
    const [state = '', parent = ''] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined; // it ended meanwhile
  }
}

function worksInside(pid: number, folder: string): boolean {
  try {
    const cwd = readlinkSync(`/proc/${pid}/cwd`);
    return cwd === folder || cwd.startsWith(`${folder}/`);
  } catch {
    return false; // it ended meanwhile, or it is the kernel's
  }
}

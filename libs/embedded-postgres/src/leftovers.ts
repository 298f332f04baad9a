import { readFile, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { PostgresStartError } from './postgres-errors.js';
import { isPostmasterOf, isRunning, listProcessesIn, signal, waitUntil } from './processes.js';
import { removePrivateSocketDirectory } from './socket-directory.js';

const FAST_SHUTDOWN_MS = 10_000;
const IMMEDIATE_SHUTDOWN_MS = 6_000;

interface PidFile {
  readonly pid: number;
  readonly socketDirectory: string | undefined;
}

/**
 * Settles what a killed process left in the cluster. The caller holds the lock of the data folder, so nobody
 * else starts a server here.
 *
 * - A server that still runs is stopped: it was ours, and its parent is gone.
 * - PostgreSQL removes a `postmaster.pid` whose process is gone by itself, after a look at the shared memory of
 *   the old server. It refuses to start when the file is empty or when the pid lives: those we remove, once no
 *   process works in the folder any more.
 *
 * Returns the pid of the server that was stopped.
 */
export async function settleLeftovers(dataDirectory: string): Promise<number | undefined> {
  const folder = await realpath(dataDirectory);
  const file = path.join(folder, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const previous = readPidFile(text);
  let stopped: number | undefined;
  if (previous && (await isPostmasterOf(previous.pid, folder))) {
    await stopPostmaster(previous.pid, folder);
    stopped = previous.pid;
  } else if (!previous || isPidTaken(previous.pid)) {
    await waitForEnd(folder);
    await rm(file, { force: true });
  }
  if (previous?.socketDirectory) await removePrivateSocketDirectory(previous.socketDirectory);
  return stopped;
}

/** Line 1 is the pid, line 5 the socket's folder. A crash while the file was written leaves it empty. */
function readPidFile(text: string): PidFile | undefined {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return { pid, socketDirectory: lines[4]?.trim() };
}

/** As PostgreSQL sees it: an ended process that nobody has collected counts. */
function isPidTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function stopPostmaster(pid: number, dataDirectory: string): Promise<void> {
  const ended = async () => !(await isRunning(pid));
  signal(pid, 'SIGINT');
  if (await waitUntil(ended, FAST_SHUTDOWN_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await waitUntil(ended, IMMEDIATE_SHUTDOWN_MS)) return;
  throw stillRunning(dataDirectory, pid);
}

async function waitForEnd(dataDirectory: string): Promise<void> {
  if (await waitUntil(async () => (await listProcessesIn(dataDirectory)).length === 0, FAST_SHUTDOWN_MS)) return;
  const [pid = 0] = await listProcessesIn(dataDirectory);
  throw stillRunning(dataDirectory, pid);
}

function stillRunning(dataDirectory: string, pid: number): PostgresStartError {
  return new PostgresStartError(
    'STILL_RUNNING',
    `PostgreSQL did not start: process ${pid} of an earlier start still uses ${dataDirectory}: end it and start again`,
  );
}

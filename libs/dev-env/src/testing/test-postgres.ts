import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '@stowage/embedded-postgres';

/** Nothing in a test has to survive a power cut. The product must never run with these. */
const FAST_AND_UNSAFE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  shared_buffers: '64MB',
};

export interface TestPostgres {
  /** A superuser's, to the database `stowage`. */
  readonly connectionString: string;
  readonly pid: number;
  /** Ends the server and removes its folder. It happens too when the process ends without it. */
  stop(): Promise<void>;
}

/** A real PostgreSQL of its own in the system's temporary folder, empty, without waiting for the disk. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'stowage-test-'));
  const server = await startEmbeddedPostgres({
    dataDirectory: path.join(folder, 'postgres'),
    parameters: FAST_AND_UNSAFE,
  });
  const cleanUp = cleanUpAfterUs(server.pid, folder);
  return {
    connectionString: server.connectionString,
    pid: server.pid,
    stop: async () => {
      await server.stop();
      await cleanUp();
    },
  };
}

/**
 * Test runners end their workers with a signal, and the server is in a process group of its own. So a shell waits
 * for the end of a pipe that only we hold: whichever way we go, the server and its folder go too.
 */
function cleanUpAfterUs(pid: number, folder: string): () => Promise<void> {
  const script = 'cat >/dev/null; kill -INT "$1"; while kill -0 "$1"; do sleep 0.05; done; rm -rf "$2"';
  const guard = spawn('sh', ['-c', script, 'sh', `${pid}`, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  return async () => {
    const ended = once(guard, 'exit');
    guard.ref();
    guard.stdin.end();
    await ended;
  };
}

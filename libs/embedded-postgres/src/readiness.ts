import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { connectionString } from './socket-directory.js';

const POLL_MS = 10;
/** The server doesn't listen yet, or it does and is still reading its files. */
const NOT_YET = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03']);
const UNKNOWN_DATABASE = '3D000';
const DUPLICATE_DATABASE = '42P04';

export interface Target {
  readonly socketDirectory: string;
  readonly user: string;
  readonly database: string;
}

/**
 * Returns when the database answers a query; makes it if the server doesn't know it (a new cluster, or a crash
 * between initdb and here). Rejects with the signal's reason when that comes first.
 */
export async function waitForDatabase(target: Target, signal: AbortSignal): Promise<void> {
  while (!(await answers(target))) {
    signal.throwIfAborted();
    await delay(POLL_MS);
  }
}

async function answers(target: Target): Promise<boolean> {
  try {
    await query(target, 'SELECT 1');
    return true;
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? '';
    if (code === UNKNOWN_DATABASE) {
      await createDatabase(target);
      return false;
    }
    // pg reports a connection that was closed during the greeting without a code.
    if (NOT_YET.has(code) || /terminated unexpectedly/.test(String(cause))) return false;
    throw cause;
  }
}

async function createDatabase(target: Target): Promise<void> {
  try {
    await query({ ...target, database: 'postgres' }, `CREATE DATABASE "${target.database}"`);
  } catch (cause) {
    if ((cause as { code?: string }).code !== DUPLICATE_DATABASE) throw cause;
  }
}

async function query({ socketDirectory, user, database }: Target, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: connectionString(socketDirectory, user, database) });
  // An idle client without a listener would make the process fail when the server goes.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(text);
  } finally {
    await client.end();
  }
}

import { expect } from 'vitest';
import type { Database } from '../src/database.js';

/** Resolves when that many connections of the database wait for a lock: a barrier that everybody has come to. */
export async function waitForLocks(database: Database, connections: number): Promise<void> {
  await expect.poll(() => waitingForALock(database), { timeout: 60_000, interval: 20 }).toBe(connections);
}

async function waitingForALock(database: Database): Promise<number> {
  const [row] = await database.prepared<{ waiting: number }>(
    'waiting',
    `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    [],
  );
  return row?.waiting ?? 0;
}

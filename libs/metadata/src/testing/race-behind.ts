import { expect } from 'vitest';
import type { Database, Db } from '../database.js';

export interface Barrier {
  /** Locks the rows that everybody needs sooner or later. */
  readonly lock: (tx: Db) => Promise<unknown>;
  /** Each is started once the one before waits for a lock. */
  readonly contenders: readonly (() => Promise<unknown>)[];
}

/**
 * Makes a race that is one: every contender is inside its transaction, waiting for the rows or for another contender,
 * before the first of them may go on. Who waits for another contender comes after it; of two that wait for the same row
 * Postgres lets either go first. What became of each, in the same order.
 */
export async function raceBehind(
  database: Database,
  { lock, contenders }: Barrier,
): Promise<PromiseSettledResult<unknown>[]> {
  const started: Waiting[] = [];
  await whileLocked(database, lock, async () => {
    for (const contend of contenders) started.push(await startAndWait(database, contend));
  });
  return Promise.allSettled(started.map(({ outcome }) => outcome));
}

/** Not a promise itself: to await it behind the barrier would be to wait for ever. */
export interface Waiting<T = unknown> {
  readonly outcome: Promise<T>;
}

/** Starts something, and resolves when it waits for a lock. */
export async function startAndWait<T>(database: Database, contend: () => Promise<T>): Promise<Waiting<T>> {
  const before = await waitingForALock(database);
  const outcome = contend();
  outcome.catch(() => undefined); // is looked at when all have ended
  await expect.poll(() => waitingForALock(database)).toBe(before + 1);
  return { outcome };
}

/** Does the work while another transaction holds the locks; that one ends before this resolves. */
export async function whileLocked<T>(database: Database, lock: Barrier['lock'], work: () => Promise<T>): Promise<T> {
  const [locked, mayGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const barrier = database.transaction(async (tx) => {
    await lock(tx);
    locked.resolve();
    await mayGo.promise;
  });
  await Promise.race([locked.promise, barrier]);
  try {
    return await work();
  } finally {
    mayGo.resolve();
    await barrier;
  }
}

/** How many connections to this database wait for a lock. */
export async function waitingForALock(database: Database): Promise<number> {
  const [row] = await database.prepared<{ waiting: number }>(
    'waiting',
    `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    [],
  );
  return row?.waiting ?? 0;
}

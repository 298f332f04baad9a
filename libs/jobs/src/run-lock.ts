import type { Pool, PoolClient } from 'pg';

/**
 * Does the work if nobody else in the database holds the lock, and nothing otherwise. The lock is an advisory one of the
 * session: Postgres lets go of it when the process or its connection dies.
 */
export async function withLock(pool: Pool, key: string, work: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    if (!(await tryLock(client, key))) return;
    await work();
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [key]);
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(failure); // an error closes the connection, and with it goes the lock
  }
}

async function tryLock(client: PoolClient, key: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
    [key],
  );
  return rows[0]?.locked ?? false;
}

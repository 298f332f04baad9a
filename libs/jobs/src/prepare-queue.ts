import { runMigrations } from 'graphile-worker';
import type { Pool } from 'pg';
import type { JobLogger } from './job-logger.js';
import { toQueueLogger } from './queue-logger.js';
import { createQueuePool } from './queue-pool.js';
import { SCHEMA } from './running-queue.js';

/** Makes or renews the tables of the queue. Any number of processes may do so at once. */
export async function migrateQueue(pool: Pool, logger: JobLogger): Promise<void> {
  await runMigrations({ pgPool: pool, schema: SCHEMA, logger: toQueueLogger(logger) });
}

/** The same without a runner: afterwards jobs can be added, and whoever starts to run them finds them. */
export async function prepareQueue(connectionString: string, logger: JobLogger): Promise<void> {
  const pool = createQueuePool(connectionString, 1, logger);
  try {
    await migrateQueue(pool, logger);
  } finally {
    await pool.end();
  }
}

import pg from 'pg';
import type { JobLogger } from './job-logger.js';

const CONNECT_TIMEOUT_MS = 5_000;

/** Connections of the queue alone: for every running job one that holds its lock, one to work with, and to listen. */
export function createQueuePool(connectionString: string, concurrency: number, logger: JobLogger): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: 2 * concurrency + 3,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'stowage-jobs',
  });
  const onError = (err: Error) => logger.warn({ err }, 'a connection of the job queue broke');
  // Idle connections report to the pool and borrowed ones to themselves; without a listener either ends the process.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

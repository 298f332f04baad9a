import { fileURLToPath } from 'node:url';
import { Database, migrate } from '@stowage/metadata';
import type { RequestLogger } from '@stowage/nest-kit';
import type { ShutdownStack } from './shutdown-stack.js';

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/** Postgres at the schema of this version. Any number of processes may do this at once: one migrates, the others wait. */
export async function openDatabase(
  connectionString: string,
  logger: RequestLogger,
  stack: ShutdownStack,
): Promise<Database> {
  const applied = await migrate(connectionString, MIGRATIONS);
  if (applied.length > 0) logger.info({ migrations: applied }, 'database migrated');
  const onIdleError = (error: Error) => logger.warn({ err: error }, 'a database connection broke');
  const database = new Database({ connectionString, onIdleError });
  stack.add('database', () => database.close());
  return database;
}

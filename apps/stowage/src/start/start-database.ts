import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Database, migrate } from '@stowage/metadata';
import type { RequestLogger } from '@stowage/nest-kit';
import type { StowageConfig } from '../config.js';
import { PostgresSupervisor } from './postgres-supervisor.js';
import type { ShutdownStack } from './shutdown-stack.js';

const MIGRATIONS = fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url));

export interface StartedDatabase {
  readonly database: Database;
  readonly connectionString: string;
}

/** Postgres, our own unless one is configured, at the schema of this version. */
export async function startDatabase(
  config: StowageConfig,
  logger: RequestLogger,
  stack: ShutdownStack,
): Promise<StartedDatabase> {
  const connectionString = config.database.url?.reveal() ?? (await startEmbedded(config, logger, stack));
  const applied = await migrate(connectionString, MIGRATIONS);
  if (applied.length > 0) logger.info({ migrations: applied }, 'database migrated');
  const onIdleError = (error: Error) => logger.warn({ err: error }, 'a database connection broke');
  const database = new Database({ connectionString, onIdleError });
  stack.add('database', () => database.close());
  return { database, connectionString };
}

async function startEmbedded(config: StowageConfig, logger: RequestLogger, stack: ShutdownStack): Promise<string> {
  const postgres = await PostgresSupervisor.start(path.join(config.data.directory, 'postgres'), logger);
  stack.add('postgres', () => postgres.stop());
  return postgres.connectionString;
}

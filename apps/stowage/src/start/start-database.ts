import path from 'node:path';
import type { Database } from '@stowage/metadata';
import type { RequestLogger } from '@stowage/nest-kit';
import { openDatabase, type ShutdownStack } from '@stowage/service';
import type { StowageConfig } from '../config.js';
import { PostgresSupervisor } from './postgres-supervisor.js';

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
  return { database: await openDatabase(connectionString, logger, stack), connectionString };
}

async function startEmbedded(config: StowageConfig, logger: RequestLogger, stack: ShutdownStack): Promise<string> {
  const postgres = await PostgresSupervisor.start(path.join(config.data.directory, 'postgres'), logger);
  stack.add('postgres', () => postgres.stop());
  return postgres.connectionString;
}

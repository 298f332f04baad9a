import 'reflect-metadata';
import { ConfigError } from '@stowage/config';
import { PostgresStartError } from '@stowage/embedded-postgres';
import { MigrationError } from '@stowage/metadata';
import { createLogger } from '@stowage/telemetry';
import { readConfig } from './config.js';
import { DataFolderError } from './data-folder/data-folder-error.js';
import { StartError } from './start/start-error.js';
import { startStowage } from './start/start-stowage.js';

/** Errors that a person can act on: their message is all that is worth printing. */
const EXPLAINED = [ConfigError, DataFolderError, MigrationError, PostgresStartError, StartError];

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config.log);
  const stowage = await startStowage(config, logger);
  process.stdout.write(stowage.announcement);
  let signals = 0;
  const onSignal = (signal: string) => {
    signals += 1;
    if (signals > 1) process.exit(1); // asked twice: do not wait for requests that are under way
    logger.info({ signal }, 'stopping');
    void stowage.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'unhandled rejection'));
}

main().catch((error: unknown) => {
  const isExplained = EXPLAINED.some((kind) => error instanceof kind);
  process.stderr.write(
    `stowage: ${isExplained ? (error as Error).message : String((error as Error)?.stack ?? error)}\n`,
  );
  process.exit(1);
});

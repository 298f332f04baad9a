import 'reflect-metadata';
import { PostgresStartError } from '@stowage/embedded-postgres';
import { runProcess } from '@stowage/service';
import { createLogger } from '@stowage/telemetry';
import { readConfig } from './config.js';
import { DataFolderError } from './data-folder/data-folder-error.js';
import { startStowage } from './start/start-stowage.js';

await runProcess({
  explained: [DataFolderError, PostgresStartError],
  start: async () => {
    const config = readConfig(process.env);
    const logger = createLogger(config.log);
    return { process: await startStowage(config, logger), logger };
  },
});

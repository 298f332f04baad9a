import type { RequestListener } from 'node:http';
import {
  dataSettings,
  databaseSettings,
  listenSettings,
  loadConfig,
  logSettings,
  proxySettings,
  publicUrlSettings,
  type Settings,
  storageSettings,
} from '@stowage/config';
import type { Database } from '@stowage/metadata';
import type { StorageDriver } from '@stowage/storage';
import { createLogger, type Logger } from '@stowage/telemetry';
import { createFrontDoor } from './front-door.js';
import { drain, listen } from './listen.js';
import { openDatabase } from './open-database.js';
import { openStorage } from './open-storage.js';
import { createMetrics, createOperationsApp, OPERATIONS_PATHS } from './operations-app.js';
import { runProcess } from './run-process.js';
import { ShutdownStack } from './shutdown-stack.js';
import { StartError } from './start-error.js';

/** Requests under way get this long to finish when the process is asked to stop. */
export const DRAIN_MS = 30_000;

const common = {
  listen: listenSettings,
  publicUrl: publicUrlSettings,
  proxies: proxySettings,
  data: dataSettings,
  database: databaseSettings,
  storage: storageSettings,
  log: logSettings,
};

type Sections = Readonly<Record<string, Settings<unknown>>>;
type Values<S extends Sections> = { readonly [K in keyof S]: S[K] extends Settings<infer T> ? T : never };

export interface AppContext<S extends Sections> {
  readonly config: Values<typeof common> & Values<S>;
  readonly database: Database;
  readonly connectionString: string;
  readonly storage: StorageDriver;
  readonly logger: Logger;
  readonly publicUrl: URL;
  /** What `/metrics` shows. */
  readonly metrics: ReturnType<typeof createMetrics>;
  /** Add what has to be stopped; it is stopped before the database is closed. */
  readonly stack: ShutdownStack;
}

export interface AppDefinition<S extends Sections> {
  readonly name: string;
  /** Settings besides those that every process has. */
  readonly sections: S;
  /** Starts the app; returns what answers requests, or undefined for one that answers none. */
  readonly start: (context: AppContext<S>) => Promise<RequestListener | undefined>;
}

/** One app in a process of its own, with an external Postgres, on `STOWAGE_PORT` beside health checks and metrics. */
export async function runApp<S extends Sections>(definition: AppDefinition<S>): Promise<void> {
  await runProcess({
    start: async () => {
      const config = loadConfig({ ...common, ...definition.sections }, process.env) as Values<typeof common> &
        Values<S>;
      const logger = createLogger(config.log);
      const stack = new ShutdownStack(logger);
      try {
        return { logger, process: await startApp(definition, { config, logger, stack }) };
      } catch (error) {
        await stack.stop();
        throw error;
      }
    },
  });
}

async function startApp<S extends Sections>(
  definition: AppDefinition<S>,
  { config, logger, stack }: { config: Values<typeof common> & Values<S>; logger: Logger; stack: ShutdownStack },
) {
  const connectionString = config.database.url?.reveal();
  if (connectionString === undefined) {
    throw new StartError(
      'STOWAGE_DATABASE_URL must be set: an app that runs alone shares its Postgres with the others',
    );
  }
  let isStopping = false;
  const storage = await openStorage(config);
  const database = await openDatabase(connectionString, logger, stack);
  const publicUrl = new URL(config.publicUrl.origin);
  const metrics = createMetrics();
  const context = { config, database, connectionString, storage, logger, publicUrl, stack, metrics };
  const app = await definition.start(context);
  const operations = await createOperationsApp({ database, storage, metrics, isStopping: () => isStopping });
  stack.add('operations', () => operations.close());
  const server = createFrontDoor((path) => (app && !OPERATIONS_PATHS.has(path) ? app : operations.routing));
  stack.add('port', () => drain(server, DRAIN_MS));
  await listen(server, config.listen);
  return {
    announcement: `stowage ${definition.name} is ready on port ${config.listen.port}\n`,
    stop: () => {
      isStopping = true;
      return stack.stop();
    },
  };
}

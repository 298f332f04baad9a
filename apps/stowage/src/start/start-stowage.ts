import { prepareAdministrator } from '@stowage/api';
import type { Logger } from '@stowage/telemetry';
import {
  createMetrics,
  createFrontDoor,
  DRAIN_MS,
  drain,
  listen,
  openStorage,
  type RunningProcess,
  ShutdownStack,
} from '@stowage/service';
import { openMail, startWorker } from '@stowage/worker';
import { signingKeyTimesOf, type StowageConfig } from '../config.js';
import { lockDataFolder } from '../data-folder/lock-data-folder.js';
import { appOf } from '../http/front-door.js';
import { announcementOf } from './announcement.js';
import { startApps } from './start-apps.js';
import { startDatabase } from './start-database.js';

/**
 * Starts everything in one process: data folder, Postgres, migrations, apps, worker, and last the port. When a step
 * fails, what was started before is stopped again, and the error is thrown.
 */
export async function startStowage(config: StowageConfig, logger: Logger): Promise<RunningProcess> {
  const stack = new ShutdownStack(logger);
  try {
    return await start(config, logger, stack);
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function start(config: StowageConfig, logger: Logger, stack: ShutdownStack): Promise<RunningProcess> {
  let isStopping = false;
  const dataFolder = config.data.directory;
  const lock = await lockDataFolder(dataFolder);
  stack.add('data folder', () => lock.release());
  const storage = await openStorage(config);
  const { database, connectionString } = await startDatabase(config, logger, stack);
  const publicUrl = new URL(config.publicUrl.origin);
  const limitBytes = config.quota.defaultBytes;
  const setupLink = await prepareAdministrator(database, { account: config.administrator, limitBytes, publicUrl });
  const metrics = createMetrics();
  const apps = await startApps({ config, database, storage, logger, stack, metrics, isStopping: () => isStopping });
  const times = {
    uploadTtlSeconds: config.uploads.ttlSeconds,
    reviewDelaySeconds: config.gc.reviewDelaySeconds,
    trashRetentionSeconds: config.trash.retentionSeconds,
    collectionSeconds: config.gc.intervalSeconds,
    collectors: config.gc.collectors,
    signingKeyTimes: signingKeyTimesOf(config),
  };
  const mail = await openMail(database, publicUrl, config.mail);
  const worker = await startWorker({ database, connectionString, storage, logger, mail, metrics, ...times });
  stack.add('worker', () => worker.stop());
  const server = createFrontDoor((path) => apps[appOf(path)]);
  stack.add('port', () => drain(server, DRAIN_MS));
  await listen(server, config.listen);
  return {
    announcement: announcementOf({ publicUrl, dataFolder, setupLink }),
    stop: () => {
      isStopping = true;
      return stack.stop();
    },
  };
}

import { once } from 'node:events';
import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { getPostgresBinaries } from './binaries.js';
import { prepareCluster, SUPERUSER } from './cluster.js';
import { toFolderError, toStartError } from './failure-reason.js';
import { chooseIdentity } from './identity.js';
import { settleLeftovers } from './leftovers.js';
import { type PostgresExitError, PostgresStartError } from './postgres-errors.js';
import { Postmaster } from './postmaster.js';
import { waitUntil } from './processes.js';
import { waitForDatabase } from './readiness.js';
import { openServerLog, type ServerLog } from './server-log.js';
import { serverArguments } from './server-parameters.js';
import { connectionString, prepareSocketDirectory, removePrivateSocketDirectory } from './socket-directory.js';

const DATABASE = 'stowage';
/** Long, because recovery after a crash replays up to a gigabyte of log, and slow disks exist. */
const START_TIMEOUT_MS = 300_000;
/** How long the processes of a killed server may take to notice that it is gone. */
const OLD_PROCESSES_MS = 10_000;

/** The part of a logger that is used here. */
export interface PostgresLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface EmbeddedPostgresOptions {
  /** The cluster's folder; made when absent. Its parent holds the socket's folder and `postgres.log` as well. */
  readonly dataDirectory: string;
  readonly logger?: PostgresLogger;
  /** PostgreSQL's own parameters, over the defaults of `server-parameters.ts`. */
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** Reaches the database `stowage` as superuser through the Unix socket. */
  readonly connectionString: string;
  readonly pid: number;
  /** Fast shutdown; returns when the server has ended. May be called more than once. */
  stop(): Promise<void>;
  /** Called once if the server ends without `stop()`, also when it already has. */
  onUnexpectedExit(callback: (error: PostgresExitError) => void): void;
}

/**
 * Starts PostgreSQL in a folder and returns when it answers a query. One caller at a time: the lock of the data
 * folder must be held, because a server that is found running there is stopped. Throws PostgresStartError.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = getPostgresBinaries();
  const requested = path.resolve(options.dataDirectory);
  const { logger, parameters = {} } = options;
  try {
    await mkdir(path.dirname(requested), { recursive: true, mode: 0o700 });
    const folder = await realpath(path.dirname(requested));
    const dataDirectory = path.join(folder, path.basename(requested));
    const identity = await chooseIdentity(folder, binaries);
    await prepareCluster({ dataDirectory, binaries, identity, durable: parameters['fsync'] !== 'off' });
    const stopped = await settleLeftovers(dataDirectory);
    if (stopped !== undefined) logger?.warn({ pid: stopped }, 'stopped the PostgreSQL of a process that was killed');
    const socketDirectory = await prepareSocketDirectory(dataDirectory, identity.owner);
    const log = await openServerLog(path.join(folder, 'postgres.log'));
    const args = serverArguments({ dataDirectory, socketDirectory }, parameters);
    const launch = () =>
      launchServer({ dataDirectory, socketDirectory, log }, () => Postmaster.spawn({ binaries, identity, args, log }));
    try {
      const postmaster = await retryWhileOldProcessesEnd(launch);
      logger?.info({ pid: postmaster.pid, dataDirectory }, 'PostgreSQL is ready');
      return toHandle(postmaster, socketDirectory, log);
    } catch (cause) {
      await log.close();
      await removePrivateSocketDirectory(socketDirectory);
      throw cause;
    }
  } catch (cause) {
    throw await toFolderError(cause, requested);
  }
}

interface ServerFiles {
  readonly dataDirectory: string;
  readonly socketDirectory: string;
  readonly log: ServerLog;
}

async function launchServer(files: ServerFiles, spawn: () => Promise<Postmaster>): Promise<Postmaster> {
  const { dataDirectory, socketDirectory, log } = files;
  const postmaster = await spawn();
  const exit = postmaster.exited.then(async (event) => {
    throw await toStartError({ dataDirectory, event, log: await log.tail() });
  });
  const abort = new AbortController();
  const timeout = once(abort.signal, 'abort').then(() => {
    throw timeoutError(dataDirectory);
  });
  const timer = setTimeout(() => abort.abort(), START_TIMEOUT_MS);
  try {
    const target = { socketDirectory, user: SUPERUSER, database: DATABASE };
    await Promise.race([waitForDatabase(target, abort.signal), exit, timeout]);
    return postmaster;
  } catch (cause) {
    await postmaster.stop();
    throw cause;
  } finally {
    clearTimeout(timer);
  }
}

/** The children of a server that was killed live on for a moment, and PostgreSQL rightly refuses to join them. */
async function retryWhileOldProcessesEnd(launch: () => Promise<Postmaster>): Promise<Postmaster> {
  let postmaster: Postmaster | undefined;
  let refusal: unknown;
  const launched = async () => {
    try {
      postmaster = await launch();
    } catch (cause) {
      if (!(cause instanceof PostgresStartError) || cause.code !== 'STILL_RUNNING') throw cause;
      refusal = cause;
    }
    return postmaster !== undefined;
  };
  await waitUntil(launched, OLD_PROCESSES_MS);
  if (postmaster === undefined) throw refusal;
  return postmaster;
}

function toHandle(postmaster: Postmaster, socketDirectory: string, log: ServerLog): EmbeddedPostgres {
  void postmaster.exited.then(() => log.close());
  return {
    connectionString: connectionString(socketDirectory, SUPERUSER, DATABASE),
    pid: postmaster.pid,
    onUnexpectedExit: (callback) => postmaster.onUnexpectedExit(callback),
    stop: async () => {
      await postmaster.stop();
      await removePrivateSocketDirectory(socketDirectory);
    },
  };
}

function timeoutError(dataDirectory: string): PostgresStartError {
  const minutes = START_TIMEOUT_MS / 60_000;
  return new PostgresStartError(
    'TIMEOUT',
    `PostgreSQL did not answer within ${minutes} minutes: see postgres.log beside ${dataDirectory}`,
  );
}

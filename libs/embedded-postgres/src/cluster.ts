import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, lchown, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.js';
import { childEnvironment } from './child-environment.js';
import { toStartError } from './failure-reason.js';
import { commandAs, type Identity } from './identity.js';
import { PostgresStartError } from './postgres-errors.js';
import { lastLines } from './server-log.js';

const run = promisify(execFile);

export const SUPERUSER = 'stowage';

interface ClusterOptions {
  readonly dataDirectory: string;
  readonly binaries: PostgresBinaries;
  readonly identity: Identity;
  /** False only in tests: initdb doesn't wait for the disk. */
  readonly durable: boolean;
}

/** Makes the cluster if there is none, and sees to it that its files belong to the server's user. */
export async function prepareCluster(options: ClusterOptions): Promise<void> {
  if (!(await isCluster(options.dataDirectory))) await initialiseCluster(options);
  await adopt(options.dataDirectory, options.identity.owner);
}

async function isCluster(directory: string): Promise<boolean> {
  return stat(path.join(directory, 'PG_VERSION')).then(
    () => true,
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return false;
      throw cause;
    },
  );
}

/** A folder that an initdb is still writing to gets new files while it is emptied: tried again, for some seconds. */
const REMOVAL = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };

/**
 * initdb works in a folder beside the final one, which is renamed when it is complete: a crash in the middle
 * leaves nothing that looks like a cluster. The name is new each time because the initdb of a killed process
 * may still be writing.
 */
async function initialiseCluster({ dataDirectory, binaries, identity, durable }: ClusterOptions): Promise<void> {
  const parent = path.dirname(dataDirectory);
  const prefix = `${path.basename(dataDirectory)}.initialising-`;
  await refuseForeignFiles(dataDirectory);
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(path.join(parent, name), REMOVAL);
  }
  const temporary = path.join(parent, prefix + randomBytes(6).toString('hex'));
  await mkdir(temporary, { mode: 0o700 });
  if (identity.credentials) await chown(temporary, identity.owner.uid, identity.owner.gid);
  const [command, args] = commandAs(identity, binaries.initdb, initdbArguments(temporary, durable));
  try {
    await run(command, args, { env: childEnvironment(), cwd: '/', ...identity.credentials });
  } catch (cause) {
    await rm(temporary, REMOVAL);
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    throw await toStartError({ dataDirectory, event: 'initdb failed', log: lastLines(stdout + stderr) });
  }
  await rename(temporary, dataDirectory);
  await syncFolder(parent);
}

/**
 * Sorting is by byte and case mapping is PostgreSQL's own (the built-in provider): an update of the system's
 * C library can't change the order of an index.
 *
 * Local connections are trusted: the only way in is a Unix socket in a folder of mode 0700, and who can enter
 * that folder can read the cluster's files as well. A password would have to lie beside them.
 */
function initdbArguments(directory: string, durable: boolean): string[] {
  return [
    `--pgdata=${directory}`,
    `--username=${SUPERUSER}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-locale',
    '--auth-local=trust',
    '--auth-host=reject',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
}

async function refuseForeignFiles(directory: string): Promise<void> {
  const names = await readdir(directory).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [];
    throw cause;
  });
  if (names.length === 0) return;
  throw new PostgresStartError(
    'NOT_A_CLUSTER',
    `${directory} holds files but no PostgreSQL cluster: move them away, or choose another STOWAGE_DATA_DIR`,
  );
}

/** PostgreSQL insists on owning its folder. The folder itself comes last, so that a crash on the way is noticed. */
async function adopt(directory: string, owner: Identity['owner']): Promise<void> {
  if ((await stat(directory)).uid === owner.uid || process.geteuid?.() !== 0) return;
  for (const name of await readdir(directory, { recursive: true })) {
    await lchown(path.join(directory, name), owner.uid, owner.gid);
  }
  await chown(directory, owner.uid, owner.gid);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

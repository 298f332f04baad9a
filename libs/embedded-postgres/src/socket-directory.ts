import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Identity } from './identity.js';

const PORT = 5432;
const PRIVATE_PREFIX = 'stowage-postgres-';
/** Bytes of a socket's path, without the closing NUL (`sun_path`). */
const PATH_LIMIT = process.platform === 'darwin' ? 103 : 107;

/**
 * The folder of the server's socket, mode 0700: beside the cluster, or in the system's temporary folder when
 * that path would be too long for a socket. It is empty: no server of this cluster runs.
 */
export async function prepareSocketDirectory(dataDirectory: string, owner: Identity['owner']): Promise<string> {
  const near = `${dataDirectory}-socket`;
  const directory = isShortEnough(near) ? near : await mkdtemp(path.join(temporaryFolder(), PRIVATE_PREFIX));
  // A socket's own lock file names a pid as well, which another program may have by now.
  if (directory === near) await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  if (process.geteuid?.() === 0) await chown(directory, owner.uid, owner.gid);
  return directory;
}

/** Removes a folder that `prepareSocketDirectory` made in the temporary folder; leaves any other alone. */
export async function removePrivateSocketDirectory(directory: string): Promise<void> {
  if (!path.basename(directory).startsWith(PRIVATE_PREFIX)) return;
  await rm(directory, { recursive: true, force: true });
}

/** Says everything that `pg` would otherwise take from `PG*` variables. */
export function connectionString(socketDirectory: string, user: string, database: string): string {
  return `postgresql://${user}@localhost:${PORT}/${database}?host=${encodeURIComponent(socketDirectory)}&sslmode=disable`;
}

function temporaryFolder(): string {
  const chosen = os.tmpdir();
  return isShortEnough(path.join(chosen, `${PRIVATE_PREFIX}XXXXXX`)) ? chosen : '/tmp';
}

function isShortEnough(directory: string): boolean {
  return Buffer.byteLength(path.join(directory, `.s.PGSQL.${PORT}`)) <= PATH_LIMIT;
}

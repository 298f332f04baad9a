import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { canSeeProcesses, killAll, listProcesses } from './processes.js';

/** A folder of its own below the system's one for temporary files. */
export function makeTempDir(name: string): string {
  return realpathSync(mkdtempSync(path.join(tmpdir(), `stowage-e2e-${name}-`)));
}

export function removeDir(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** For folders in which a server may have been left behind by a test that failed. */
export async function removeDataDir(dataDir: string): Promise<void> {
  if (canSeeProcesses) await killAll(listProcesses(-1, dataDir));
  removeDir(dataDir);
}

/** The folders below the data folder in which a Postgres cluster lives. */
export function findClusters(dataDir: string): string[] {
  if (existsSync(path.join(dataDir, 'PG_VERSION'))) return [dataDir];
  return readdirSync(dataDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(dataDir, entry.name))
    .filter((folder) => existsSync(path.join(folder, 'PG_VERSION')));
}

/** Postgres removes its lock file last, so its absence is a clean end. */
export function findPostmasterLocks(dataDir: string): string[] {
  return findClusters(dataDir)
    .map((cluster) => path.join(cluster, 'postmaster.pid'))
    .filter((lock) => existsSync(lock));
}

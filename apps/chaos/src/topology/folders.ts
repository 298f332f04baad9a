import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CleanUp } from '../clean-up.js';

const ARTIFACTS = fileURLToPath(new URL('../../../../artifacts/', import.meta.url));

/** An empty folder for the history of a run and for what its processes print; it stays when the run is over. */
export async function emptyArtifacts(...names: readonly string[]): Promise<string> {
  const folder = path.join(ARTIFACTS, ...names);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Postgres does not run as root: started by root, it runs as a user who has to get here. */
export async function temporaryFolder(cleanUp: CleanUp): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stowage-chaos-'));
  cleanUp.add(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await chmod(folder, 0o755);
  return folder;
}

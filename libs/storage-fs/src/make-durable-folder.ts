import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DIRECTORY_MODE, syncDirectory } from './durable-directories.js';

/** Makes a folder and what is missing above it, durably. */
export async function makeDurableFolder(path: string): Promise<void> {
  const firstMade = await mkdir(path, { recursive: true, mode: DIRECTORY_MODE });
  if (!firstMade) return;
  // From the innermost folder to the first that was made: each is an entry of the one above it.
  for (let made = path; made.length >= firstMade.length; made = dirname(made)) await syncDirectory(dirname(made));
}

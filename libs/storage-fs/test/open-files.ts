import { readdir, readlink } from 'node:fs/promises';

/** Files below the folder that this process holds open. */
export async function openFilesUnder(folder: string): Promise<string[]> {
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''));
  return (await Promise.all(links)).filter((path) => path.startsWith(folder));
}

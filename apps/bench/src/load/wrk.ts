import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { RequestLoad } from './request-load.js';

const BINARY = '/usr/bin/wrk';

export function isWrkInstalled(): boolean {
  return existsSync(BINARY);
}

/** Requests per second, as wrk counts them. Throws when any answer was not a success. */
export async function runWrk(load: RequestLoad): Promise<number> {
  const headers = Object.entries(load.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const shape = ['-t', '2', '-c', String(load.connections), '-d', `${load.seconds}s`];
  const { stdout } = await promisify(execFile)(BINARY, [...shape, ...headers, load.url.href]);
  const rate = Number(/^Requests\/sec: +([\d.]+)$/m.exec(stdout)?.[1]);
  if (!(rate > 0) || /Non-2xx|Socket errors/.test(stdout))
    throw new Error(`not every answer was a success:\n${stdout}`);
  return rate;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/index.js';

/** Everything but the tests about the product's own settings saves the wait for the disk. */
export const FAST = { fsync: 'off', full_page_writes: 'off' };

/** A data folder that goes away with the test. */
export async function aDataFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'stowage-pg-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function start(
  folder: string,
  options: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {},
): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    dataDirectory: path.join(folder, 'postgres'),
    parameters: FAST,
    ...options,
  });
  onTestFinished(() => server.stop());
  return server;
}

export async function query(server: { connectionString: string }, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export interface Stranger {
  readonly pid: number;
  readonly connectionString: string;
  /** kill -9 of the process that started the server; the server lives on. */
  kill(): Promise<void>;
}

/** Another process that starts a server here. A plain process runs what is built: `npm test` builds first. */
export async function aProcessThatStarts(folder: string): Promise<Stranger> {
  const script = `
    import { startEmbeddedPostgres } from '@stowage/embedded-postgres';
    console.log('starting');
    const server = await startEmbeddedPostgres(${JSON.stringify({ dataDirectory: path.join(folder, 'postgres'), parameters: FAST })});
    console.log(JSON.stringify(server));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  for await (const chunk of child.stdout) {
    lines.push(...String(chunk).split('\n').filter(Boolean));
    if (lines.length === 2) break;
  }
  return {
    ...(JSON.parse(lines[1] ?? '') as { pid: number; connectionString: string }),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

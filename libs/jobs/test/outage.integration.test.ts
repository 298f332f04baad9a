import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@stowage/embedded-postgres';
import { Database, migrate, ScheduledTurns } from '@stowage/metadata';
import { MIGRATIONS_FOLDER } from '@stowage/metadata/testing';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { defineJob, JobRunner } from '../src/index.js';
import { aLog, eventually } from './support/a-queue.js';

/** A server that can go away and come back on the same folder, and so under the same address. */
async function aServer(): Promise<{ start(): Promise<EmbeddedPostgres> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'stowage-jobs-'));
  const servers: EmbeddedPostgres[] = [];
  onTestFinished(async () => {
    await servers.at(-1)?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    start: async () => {
      const parameters = { fsync: 'off' };
      const server = await startEmbeddedPostgres({ dataDirectory: path.join(folder, 'postgres'), parameters });
      servers.push(server);
      return server;
    },
  };
}

it.each([
  ['was shut down', async (server: EmbeddedPostgres) => server.stop()],
  ['was killed', async (server: EmbeddedPostgres) => void process.kill(server.pid, 'SIGKILL')],
])('goes on when Postgres is back that %s, also in the middle of a job', async (_, takeAway) => {
  const host = await aServer();
  const server = await host.start();
  const { logger, lines } = aLog();
  let begun = 0;
  let ended = 0;
  const gate: { closed?: Promise<void> } = {};
  const job = defineJob({
    name: 'tick',
    payload: z.object({}),
    schedule: { everySeconds: 1 },
    maxAttempts: 3,
    run: async () => {
      begun += 1;
      await gate.closed;
      ended += 1;
    },
  });
  const { connectionString } = server;
  await migrate(connectionString, MIGRATIONS_FOLDER);
  const database = new Database({ connectionString });
  const turns = new ScheduledTurns(database);
  const runner = new JobRunner({ connectionString, jobs: [job], turns, logger, concurrency: 2 });
  onTestFinished(async () => {
    await runner.stop({ timeoutMs: 100 });
    await database.close();
  });
  await runner.start();
  await eventually(() => expect(ended).toBeGreaterThanOrEqual(1));

  const { promise, resolve: letGo } = Promise.withResolvers<void>();
  gate.closed = promise;
  const before = begun;
  await eventually(() => expect(begun).toBeGreaterThan(before));
  await takeAway(server);
  letGo();
  await eventually(() => expect(lines.some(({ level }) => level === 'warn')).toBe(true));
  await eventually(() => expect(lines.some(({ message }) => message.includes('can not be started'))).toBe(true));

  await host.start();
  const endedInOutage = ended;
  await eventually(() => expect(ended).toBeGreaterThan(endedInOutage + 1));
});

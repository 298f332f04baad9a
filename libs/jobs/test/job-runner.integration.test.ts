import { silentLogger } from '@stowage/telemetry';
import { Database, ScheduledTurns } from '@stowage/metadata';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { DuplicateJobError, defineJob, enqueue, JobRunner, UnhandledJobError } from '../src/index.js';
import { aQueue, eventually, type Queue } from './support/a-queue.js';

const payload = z.object({ id: z.string() });

function aJob(run: (id: string, signal: AbortSignal) => Promise<void>, { name = 'work', maxAttempts = 3 } = {}) {
  return defineJob({ name, payload, maxAttempts, run: ({ id }, { signal }) => run(id, signal) });
}

const into = (queue: Queue) => (text: string, values: unknown[]) => queue.client.query(text, values);

describe('start', () => {
  it('refuses two jobs of one name', async () => {
    const queue = await aQueue();
    const runner = queue.runner([aJob(async () => {}), aJob(async () => {})]);
    await expect(runner.start()).rejects.toThrow(new DuplicateJobError('work'));
  });

  it('refuses a queue with jobs that nobody handles', async () => {
    const queue = await aQueue();
    const known = aJob(async () => {});
    const unknown = aJob(async () => {}, { name: 'of-tomorrow' });
    await (await queue.started([known])).stop();
    await enqueue(into(queue), unknown, { payload: { id: 'a' } });
    await expect(queue.runner([known]).start()).rejects.toThrow(new UnhandledJobError(['of-tomorrow']));
    await queue.runner([known, unknown]).start();
  });

  it('removes the schedule of a job that there is no more', async () => {
    const queue = await aQueue();
    const once = aJob(async () => {});
    const every = defineJob({
      name: 'of-yesterday',
      payload: z.object({}),
      schedule: { everySeconds: 3600 },
      maxAttempts: 1,
      run: async () => {},
    });
    await (await queue.started([once, every])).stop();
    expect(await queue.rows()).toMatchObject([{ key: 'schedule:of-yesterday' }]);
    await queue.started([once]);
    expect(await queue.rows()).toEqual([]);
  });

  it('rejects when Postgres is not there', async () => {
    const connectionString = 'postgres://nobody@127.0.0.1:1/none';
    const database = new Database({ connectionString });
    onTestFinished(() => database.close());
    const runner = new JobRunner({
      connectionString,
      jobs: [aJob(async () => {})],
      turns: new ScheduledTurns(database),
      logger: silentLogger,
      concurrency: 1,
    });
    await expect(runner.start()).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe('stop', () => {
  it('waits for the running job and takes no other', async () => {
    const queue = await aQueue();
    const events: string[] = [];
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const job = aJob(async (id) => {
      events.push(`${id} begins`);
      await released;
      events.push(`${id} ends`);
    });
    const runner = queue.runner([job], { concurrency: 1 });
    await runner.start();
    for (const id of ['first', 'second']) await enqueue(into(queue), job, { payload: { id } });
    await eventually(() => expect(events).toEqual(['first begins']));
    const stopped = runner.stop().then(() => events.push('stopped'));
    release();
    await stopped;
    expect(events).toEqual(['first begins', 'first ends', 'stopped']);
    expect(await queue.rows()).toMatchObject([{ attempts: 0 }]);
  });

  it('tells the running job to end', async () => {
    const queue = await aQueue();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const job = aJob(async (_id, signal) => {
      begin();
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve());
      });
    });
    const runner = await queue.started([job]);
    await enqueue(into(queue), job, { payload: { id: 'a' } });
    await begun;
    await runner.stop();
    expect(await queue.rows()).toEqual([]);
  });

  it('does not wait for ever, and gives the job back', async () => {
    const queue = await aQueue();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const job = aJob(async () => {
      begin();
      await new Promise<never>(() => {});
    });
    const runner = await queue.started([job]);
    await enqueue(into(queue), job, { payload: { id: 'a' } });
    await begun;
    await runner.stop({ timeoutMs: 100 });
    const { rows } = await queue.client.query('SELECT locked_at, attempts FROM graphile_worker.jobs');
    expect(rows).toEqual([{ locked_at: null, attempts: 1 }]);
  });

  it('can be called again, and leaves no listener on the process', async () => {
    const queue = await aQueue();
    const listeners = () => ['SIGTERM', 'SIGINT', 'SIGHUP'].map((signal) => process.listenerCount(signal));
    const before = listeners();
    const runner = await queue.started([aJob(async () => {})]);
    expect(listeners()).toEqual(before);
    await Promise.all([runner.stop(), runner.stop()]);
    await runner.stop();
  });
});

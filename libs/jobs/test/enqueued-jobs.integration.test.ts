import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob, enqueue } from '../src/index.js';
import { aQueue, eventually, type Queue } from './support/a-queue.js';

const payload = z.object({ id: z.string() });

function aJob(run: (id: string, signal: AbortSignal) => Promise<void>, { name = 'work', maxAttempts = 3 } = {}) {
  return defineJob({ name, payload, maxAttempts, run: ({ id }, { signal }) => run(id, signal) });
}

const into = (queue: Queue) => (text: string, values: unknown[]) => queue.client.query(text, values);

describe('a job', () => {
  it('runs once, whoever takes it', async () => {
    const queue = await aQueue();
    const runs: string[] = [];
    const job = aJob(async (id) => void runs.push(id));
    await Promise.all([queue.started([job]), queue.started([job]), queue.started([job])]);
    const ids = Array.from({ length: 20 }, (_, at) => `job ${at}`);
    for (const id of ids) await enqueue(into(queue), job, { payload: { id } });
    await eventually(async () => expect(await queue.rows()).toEqual([]));
    expect(runs.toSorted()).toEqual(ids.toSorted());
  });

  it('is there if, and only if, the transaction is that adds it', async () => {
    const queue = await aQueue();
    const runs: string[] = [];
    const job = aJob(async (id) => void runs.push(id));
    await queue.started([job]);
    for (const [id, end] of [
      ['undone', 'ROLLBACK'],
      ['done', 'COMMIT'],
    ] as const) {
      await queue.client.query('BEGIN');
      await enqueue(into(queue), job, { payload: { id } });
      await queue.client.query(end);
    }
    await eventually(() => expect(runs).toContain('done'));
    expect(runs).toEqual(['done']);
  });

  it('waits for its delay, and is replaced by one of the same key until it begins', async () => {
    const queue = await aQueue();
    const job = aJob(async () => {});
    await queue.started([job]);
    await enqueue(into(queue), job, { payload: { id: 'a' }, delaySeconds: 3600, key: 'one' });
    await enqueue(into(queue), job, { payload: { id: 'b' }, delaySeconds: 3600, key: 'one' });
    const { rows } = await queue.client.query(
      `SELECT payload, run_at > now() + interval '59 minutes' AS later FROM graphile_worker._private_jobs`,
    );
    expect(rows).toEqual([{ payload: { id: 'b' }, later: true }]);
  });

  it('is not added with a payload that it could not run with', async () => {
    const queue = await aQueue();
    const job = aJob(async () => {});
    await queue.started([job]);
    await expect(enqueue(into(queue), job, { payload: { id: 1 as never } })).rejects.toThrow(z.ZodError);
    expect(await queue.rows()).toEqual([]);
  });

  it('runs again after it failed, later each time, until its attempts are used up', async () => {
    const queue = await aQueue();
    let runs = 0;
    const job = aJob(
      async () => {
        runs += 1;
        throw new Error(`failure ${runs}`);
      },
      { maxAttempts: 2 },
    );
    await queue.started([job]);
    await enqueue(into(queue), job, { payload: { id: 'secret payload' } });
    await eventually(async () => {
      expect(await queue.rows()).toMatchObject([{ attempts: 2, last_error: 'failure 2', task_identifier: 'work' }]);
    });
    const failures = queue.lines.filter(({ message }) => message === 'job failed');
    expect(failures).toMatchObject([
      { level: 'error', fields: { job: 'work', attempt: 1, maxAttempts: 2, err: new Error('failure 1') } },
      { level: 'error', fields: { job: 'work', attempt: 2, maxAttempts: 2 } },
    ]);
    expect(JSON.stringify(queue.lines)).not.toContain('secret payload');
  });
});

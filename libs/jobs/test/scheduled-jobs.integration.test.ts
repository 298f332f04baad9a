import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob } from '../src/index.js';
import { aQueue, eventually } from './support/a-queue.js';

const aScheduledJob = (run: () => Promise<void>, { everySeconds = 1, maxAttempts = 3 } = {}) =>
  defineJob({ name: 'tick', payload: z.object({}), schedule: { everySeconds }, maxAttempts, run });

describe('a scheduled job', () => {
  it('runs when a worker starts, and again and again', async () => {
    const queue = await aQueue();
    let runs = 0;
    await queue.started([aScheduledJob(async () => void (runs += 1))]);
    await eventually(() => expect(runs).toBeGreaterThanOrEqual(3));
  });

  it('runs at once when a worker starts, whatever turn it was waiting for', async () => {
    const queue = await aQueue();
    let runs = 0;
    const job = aScheduledJob(async () => void (runs += 1), { everySeconds: 86_400 });
    for (const expected of [1, 2]) {
      const runner = await queue.started([job]);
      await eventually(() => expect(runs).toBe(expected));
      await runner.stop();
    }
  });

  it('is one row, and one run at a time, with any number of workers, also when it takes longer than its turn', async () => {
    const queue = await aQueue();
    const running = new Set<object>();
    let mostAtOnce = 0;
    let runs = 0;
    const job = aScheduledJob(async () => {
      const run = {};
      running.add(run);
      mostAtOnce = Math.max(mostAtOnce, running.size);
      await delay(1_500); // longer than the second after which the next turn is due
      running.delete(run);
      runs += 1;
    });
    await Promise.all([queue.started([job]), queue.started([job]), queue.started([job])]);
    await eventually(() => expect(runs).toBeGreaterThanOrEqual(3));
    expect(mostAtOnce).toBe(1);
    const keys = (await queue.rows()).map(({ key }) => key).filter((key) => key !== null);
    expect(keys).toEqual(['schedule:tick']);
  });

  it('is tried again when it fails, and leaves nothing behind in the queue', async () => {
    const queue = await aQueue();
    let runs = 0;
    const job = aScheduledJob(
      async () => {
        runs += 1;
        if (runs < 3) throw new Error(`failure ${runs}`);
      },
      { everySeconds: 3600 },
    );
    await queue.started([job]);
    await eventually(() => expect(runs).toBe(3));
    await eventually(async () => {
      expect(await queue.rows()).toMatchObject([{ key: 'schedule:tick', attempts: 0, last_error: null }]);
    });
    const failures = queue.lines.filter(({ level }) => level === 'error');
    expect(failures).toMatchObject([
      { message: 'job failed', fields: { job: 'tick', attempt: 1, maxAttempts: 3, err: new Error('failure 1') } },
      { message: 'job failed', fields: { job: 'tick', attempt: 2, maxAttempts: 3, err: new Error('failure 2') } },
    ]);
  });

  it('waits for its next turn when its attempts are used up', async () => {
    const queue = await aQueue();
    let runs = 0;
    const job = aScheduledJob(
      async () => {
        runs += 1;
        throw new Error('failure');
      },
      { everySeconds: 3600, maxAttempts: 2 },
    );
    await queue.started([job]);
    const waits = `SELECT payload, run_at > now() + interval '50 minutes' AS "untilNextTurn"
      FROM graphile_worker._private_jobs WHERE key IS NOT NULL`;
    await eventually(async () => {
      expect(runs).toBe(2);
      expect((await queue.client.query(waits)).rows).toEqual([{ payload: { failures: 0 }, untilNextTurn: true }]);
    });
  });

  it('runs although a worker died with the turn in its hands', async () => {
    const queue = await aQueue();
    let runs = 0;
    const job = aScheduledJob(async () => void (runs += 1), { everySeconds: 3600 });
    const runner = await queue.started([job]);
    await eventually(() => expect(runs).toBe(1));
    await runner.stop();
    await queue.client.query(
      `UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'a dead worker', attempts = 1`,
    );
    await queue.started([job]);
    await eventually(() => expect(runs).toBe(2));
  });
});

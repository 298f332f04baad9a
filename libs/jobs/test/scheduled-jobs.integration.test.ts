import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob, runNow } from '../src/index.js';
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

describe('the row of a scheduled job', () => {
  const row = `SELECT outcome, result, error, failures, finished_at IS NOT NULL AS finished, next_at > now() AS waits
    FROM scheduled_job WHERE name = 'tick'`;

  it('tells how the last turn went', async () => {
    const queue = await aQueue();
    let runs = 0;
    const job = defineJob({
      name: 'tick',
      payload: z.object({}),
      schedule: { everySeconds: 3600 },
      maxAttempts: 2,
      run: async () => {
        runs += 1;
        if (runs < 3) throw new Error(`failure ${runs}`);
        return { ended: 3 };
      },
    });
    await queue.started([job]);
    await eventually(async () => {
      const failed = { outcome: 'failed', error: 'Error: failure 2', failures: 2, finished: true, waits: true };
      expect((await queue.client.query(row)).rows).toEqual([{ ...failed, result: {} }]);
    });
    await runNow((text, values) => queue.client.query(text, values), 'tick');
    await eventually(async () => {
      const worked = { outcome: 'succeeded', error: null, failures: 0, finished: true, waits: true };
      expect((await queue.client.query(row)).rows).toEqual([{ ...worked, result: { ended: 3 } }]);
    });
  });

  it('passes its turns over while it is paused, unless a person wants one', async () => {
    const queue = await aQueue();
    await queue.client.query(
      `INSERT INTO scheduled_job (name, every_seconds, changes_content, paused_at) VALUES ('tick', 1, false, now())`,
    );
    let runs = 0;
    await queue.started([aScheduledJob(async () => void (runs += 1))]);
    await eventually(async () => {
      expect((await queue.client.query(row)).rows).toMatchObject([{ outcome: 'skipped', waits: true }]);
    });
    expect(runs).toBe(0);
    await runNow((text, values) => queue.client.query(text, values), 'tick');
    await eventually(() => expect(runs).toBe(1));
  });

  it('says that a job which changes content rests while the registry is read-only, and others go on', async () => {
    const queue = await aQueue();
    await queue.client.query(`INSERT INTO read_only_mode (message) VALUES ('moving')`);
    const runs = { tick: 0, look: 0 };
    const everySecond = { payload: z.object({}), maxAttempts: 1 };
    await queue.started([
      defineJob({
        ...everySecond,
        name: 'tick',
        schedule: { everySeconds: 1, changesContent: true },
        run: async () => void (runs.tick += 1),
      }),
      defineJob({
        ...everySecond,
        name: 'look',
        schedule: { everySeconds: 1 },
        run: async () => void (runs.look += 1),
      }),
    ]);
    await eventually(async () => {
      expect(runs.look).toBeGreaterThanOrEqual(2);
      expect((await queue.client.query(row)).rows).toMatchObject([{ outcome: 'skipped' }]);
    });
    expect(runs.tick).toBe(0);
    await queue.client.query('DELETE FROM read_only_mode');
    await eventually(() => expect(runs.tick).toBeGreaterThanOrEqual(1));
  });

  it('goes with the job', async () => {
    const queue = await aQueue();
    await queue.client.query(
      `INSERT INTO scheduled_job (name, every_seconds, changes_content) VALUES ('past', 1, false)`,
    );
    await queue.started([aScheduledJob(async () => undefined)]);
    const { rows } = await queue.client.query(`SELECT name FROM scheduled_job WHERE name = 'past'`);
    expect(rows).toEqual([]);
  });
});

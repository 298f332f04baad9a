import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineRun } from '../src/index.js';
import { eventually } from './support/a-queue.js';
import { type SomeRuns, someRuns } from './support/some-runs.js';

const KINDS = { all: ['count-up'], changingContent: [] };
const NOTHING = { done: 0, total: null, counters: {}, cursor: null };

/** What a worker leaves that was killed: a claim that nobody renews. */
async function abandon(runs: SomeRuns, id: string) {
  const claimed = await runs.claims.claim(KINDS, 3600);
  expect(claimed).toMatchObject({ id, wasAbandoned: false });
  await runs.claims.save(claimed!, { progress: { ...NOTHING, cursor: 5, done: 5 }, lines: [] }, 3600);
  return claimed!;
}

const endLease = async (runs: SomeRuns) =>
  runs.database.run((db) => db.$executeRaw`UPDATE job_run SET due_at = now() - interval '1 second'`);

const kind = (run: (cursor: number | undefined) => void, maxAttempts = 3) =>
  defineRun({
    kind: 'count-up',
    payload: z.object({}),
    cursor: z.number(),
    maxAttempts,
    changesContent: true,
    run: async (_, { cursor }) => run(cursor),
  });

describe('a run whose worker was killed', () => {
  it('is left alone until the lease ends, and then goes on from its cursor with another one', async () => {
    const runs = await someRuns();
    const id = await runs.start();
    await abandon(runs, id);
    const cursors: unknown[] = [];
    runs.worker([kind((cursor) => cursors.push(cursor))]);
    const other = await runs.start();
    await eventually(async () => expect(await runs.row(other)).toMatchObject({ state: 'succeeded' }));
    expect(await runs.row(id)).toMatchObject({ state: 'running' });
    await endLease(runs);
    await eventually(async () => expect(await runs.row(id)).toMatchObject({ state: 'succeeded', attempts: 2 }));
    expect(cursors).toEqual([undefined, 5]);
    expect(await runs.logOf(id)).toEqual(['The worker that was at it is gone; another one goes on from where it was.']);
  });

  it('can not be written any more by that worker, should it wake up', async () => {
    const runs = await someRuns();
    const id = await runs.start();
    const lost = await abandon(runs, id);
    await endLease(runs);
    const mine = await runs.claims.claim(KINDS, 3600);
    expect(mine).toMatchObject({ id, wasAbandoned: true, attempts: 2 });
    const late = { progress: { ...NOTHING, cursor: 1 }, lines: [{ isWarning: false, message: 'late' }] };
    expect(await runs.claims.save(lost, late, 3600)).toBeUndefined();
    expect(await runs.claims.settle(lost, { state: 'failed' }, late)).toBe(false);
    expect(await runs.row(id)).toMatchObject({ state: 'running', cursor: 5, done: 5 });
    expect(await runs.logOf(id)).toEqual([]);
  });

  it('stops when it learns that it has lost the run', async () => {
    const runs = await someRuns();
    const stopped = Promise.withResolvers<void>();
    const waiting = defineRun({
      kind: 'count-up',
      payload: z.object({}),
      maxAttempts: 1,
      changesContent: true,
      run: async (_, { signal }) => {
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
        stopped.resolve();
      },
    });
    runs.worker([waiting]);
    const id = await runs.start();
    await eventually(async () => expect(await runs.row(id)).toMatchObject({ state: 'running' }));
    await runs.database.run(
      (db) => db.$executeRaw`UPDATE job_run SET claim = gen_random_uuid(), due_at = now() + interval '1 hour'`,
    );
    await stopped.promise;
    expect(await runs.row(id)).toMatchObject({ state: 'running' });
  });

  it('is not taken up for ever', async () => {
    const runs = await someRuns();
    const id = await runs.start();
    await abandon(runs, id);
    await endLease(runs);
    let performed = 0;
    runs.worker([kind(() => (performed += 1), 1)]);
    await eventually(async () => expect(await runs.row(id)).toMatchObject({ state: 'failed' }));
    expect(await runs.row(id)).toMatchObject({ error: 'Its workers were lost again and again.' });
    expect(performed).toBe(0);
  });

  it.each([
    ['cancel', 'cancelled'],
    ['pause', 'paused'],
  ] as const)('does what was asked of it meanwhile: %s', async (what, state) => {
    const runs = await someRuns();
    const id = await runs.start();
    await abandon(runs, id);
    await runs.ask(id, what);
    await endLease(runs);
    let performed = 0;
    runs.worker([kind(() => (performed += 1))]);
    await eventually(async () => expect(await runs.row(id)).toMatchObject({ state, cursor: 5 }));
    expect(performed).toBe(0);
  });
});

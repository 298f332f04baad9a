import { createTenant } from '@stowage/metadata/testing';
import { startJobRun } from '@stowage/metadata';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DuplicateJobError, defineRun, RunFailure, type RunContext } from '../src/index.js';
import { eventually } from './support/a-queue.js';
import { someRuns } from './support/some-runs.js';

type Count = (payload: { to: number }, context: RunContext<number>) => Promise<void>;

const countUp = (run: Count, { maxAttempts = 3, changesContent = true } = {}) =>
  defineRun({
    kind: 'count-up',
    payload: z.strictObject({ to: z.number().default(0) }),
    cursor: z.number(),
    maxAttempts,
    changesContent,
    run,
  });

/** Counts to `to` from where the attempt before has stopped, and waits at `gate.at` until the signal is aborted. */
function counting(gate: { at?: number; reached?: () => void }) {
  const seen: number[] = [];
  const kind = countUp(async ({ to }, { cursor = 0, progress, signal, log }) => {
    progress.expect(to);
    for (let item = cursor + 1; item <= to; item += 1) {
      if (signal.aborted) return;
      seen.push(item);
      progress.advance({ cursor: item, counters: { counted: 1, sum: item } });
      if (item === gate.at) {
        log.info(`at ${item}`);
        gate.reached?.();
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      }
    }
  });
  return { kind, seen };
}

describe('a run', () => {
  it('is performed, and keeps its progress, counters and log', async () => {
    const runs = await someRuns();
    const kind = countUp(async ({ to }, { progress, log }) => {
      progress.expect(to);
      for (let item = 1; item <= to; item += 1) progress.advance({ cursor: item, counters: { sum: item } });
      log.info('counted');
    });
    runs.worker([kind]);
    const id = await runs.start({ payload: { to: 4 } });
    await eventually(async () => expect(await runs.row(id)).toMatchObject({ state: 'succeeded' }));
    expect(await runs.row(id)).toMatchObject({
      done: 4,
      total: 4,
      counters: { sum: 10 },
      cursor: 4,
      attempts: 1,
      finished: true,
      error: null,
      asked: null,
    });
    expect(await runs.logOf(id)).toEqual(['counted']);
  });

  it('is there if, and only if, its transaction commits', async () => {
    const runs = await someRuns();
    const rolledBack = runs.database.statements(async (tx) => {
      await startJobRun(tx, { kind: 'a', payload: {}, namespaceId: null, target: '', requestedBy: null });
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    expect(await runs.database.run((db) => db.jobRun.count())).toBe(0);
  });

  it('is one at a time by its key, however many start it at once, and can be started again when it is over', async () => {
    const runs = await someRuns();
    const ids = await Promise.all(Array.from({ length: 8 }, () => runs.start({ key: 'one', payload: { to: 1 } })));
    expect(new Set(ids).size).toBe(1);
    runs.worker([counting({}).kind]);
    await eventually(async () => expect(await runs.row(ids[0] as string)).toMatchObject({ state: 'succeeded' }));
    expect(await runs.start({ key: 'one', payload: { to: 1 } })).not.toBe(ids[0]);
  });

  it('is performed once by many workers', async () => {
    const runs = await someRuns();
    const { kind, seen } = counting({});
    const ids = await Promise.all(Array.from({ length: 20 }, () => runs.start({ payload: { to: 1 } })));
    for (let worker = 0; worker < 4; worker += 1) runs.worker([kind]);
    await eventually(async () => {
      const states = await Promise.all(ids.map(async (id) => (await runs.row(id)).state));
      expect(new Set(states)).toEqual(new Set(['succeeded']));
    });
    expect(seen).toHaveLength(20);
  });

  it('waits for a worker that knows its kind', async () => {
    const runs = await someRuns();
    const older = await runs.start({ kind: 'of-another-version' });
    const known = await runs.start({ payload: { to: 1 } });
    runs.worker([counting({}).kind]);
    await eventually(async () => expect(await runs.row(known)).toMatchObject({ state: 'succeeded' }));
    expect(await runs.row(older)).toMatchObject({ state: 'queued', attempts: 0 });
  });

  it('tells a worker of two kinds of one name', async () => {
    const runs = await someRuns();
    const { kind } = counting({});
    expect(() => runs.worker([kind, kind])).toThrow(DuplicateJobError);
  });
});

describe('a run that fails', () => {
  it('is tried again from its cursor, and then is failed, in words for everybody and with the cause for administrators', async () => {
    const runs = await someRuns();
    const cursors: unknown[] = [];
    const kind = countUp(
      async (_, { cursor, progress }) => {
        cursors.push(cursor);
        progress.advance({ cursor: (cursor ?? 0) + 1 });
        throw new Error('the secret of the failure');
      },
      { maxAttempts: 2 },
    );
    runs.worker([kind]);
    const id = await runs.start();
    await eventually(async () => expect(await runs.row(id)).toMatchObject({ state: 'failed' }));
    expect(cursors).toEqual([undefined, 1]);
    expect(await runs.row(id)).toMatchObject({
      attempts: 2,
      error: 'Something unexpected went wrong.',
      cause: 'Error: the secret of the failure',
      done: 2,
    });
    expect(await runs.logOf(id)).toEqual([
      'Attempt 1 of 2 failed: Something unexpected went wrong. It is tried again in 2 seconds.',
      'Attempt 2 of 2 failed: Something unexpected went wrong.',
    ]);
    expect(runs.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
  });

  it.each([
    ['says so', countUp(async () => Promise.reject(new RunFailure('There is no such policy.', { isFinal: true }))), {}],
    ['has a payload that nobody can read', countUp(async () => undefined), { payload: { other: 1 } }],
  ])('is not tried again when it %s', async (_, kind, run) => {
    const runs = await someRuns();
    runs.worker([kind]);
    const id = await runs.start(run);
    await eventually(async () => expect(await runs.row(id)).toMatchObject({ state: 'failed', attempts: 1 }));
  });
});

describe('a run at work', () => {
  it.each(['cancel', 'pause'] as const)('stops at its next item when somebody asks it to %s', async (what) => {
    const runs = await someRuns();
    const reached = Promise.withResolvers<void>();
    runs.worker([counting({ at: 2, reached: reached.resolve }).kind]);
    const id = await runs.start({ payload: { to: 4 } });
    await reached.promise;
    await runs.ask(id, what);
    const state = what === 'cancel' ? 'cancelled' : 'paused';
    await eventually(async () => expect(await runs.row(id)).toMatchObject({ state, done: 2, cursor: 2, asked: null }));
    expect((await runs.row(id)).finished).toBe(what === 'cancel');
  });

  it('is given back when its worker ends, and goes on from its cursor without losing an attempt', async () => {
    const runs = await someRuns();
    const reached = Promise.withResolvers<void>();
    const first = counting({ at: 2, reached: reached.resolve });
    const worker = runs.worker([first.kind]);
    const id = await runs.start({ payload: { to: 4 } });
    await reached.promise;
    await worker.stop();
    expect(await runs.row(id)).toMatchObject({ state: 'queued', attempts: 0, cursor: 2 });
    const second = counting({});
    runs.worker([second.kind]);
    await eventually(async () => expect(await runs.row(id)).toMatchObject({ state: 'succeeded', attempts: 1 }));
    expect([first.seen, second.seen]).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect((await runs.row(id)).counters).toEqual({ counted: 4, sum: 10 });
  });

  it.each(['registry', 'namespace'] as const)(
    'rests while its %s is read-only, and goes on afterwards',
    async (scope) => {
      const runs = await someRuns();
      const { namespace } = await createTenant(runs.database);
      const reached = Promise.withResolvers<void>();
      const gate: { at?: number; reached: () => void } = { at: 2, reached: reached.resolve };
      const { kind, seen } = counting(gate);
      runs.worker([kind]);
      const id = await runs.start({ payload: { to: 3 }, namespaceId: namespace.id });
      await reached.promise;
      const namespaceId = scope === 'registry' ? null : namespace.id;
      await runs.database.run((db) => db.readOnlyMode.create({ data: { namespaceId, message: 'moving' } }));
      await eventually(async () => expect(await runs.row(id)).toMatchObject({ state: 'queued', attempts: 0 }));
      const elsewhere = await runs.start({ payload: { to: 0 }, namespaceId: null });
      if (scope === 'namespace') {
        await eventually(async () => expect(await runs.row(elsewhere)).toMatchObject({ state: 'succeeded' }));
      }
      expect(seen).toEqual([1, 2]);
      await runs.database.run((db) => db.readOnlyMode.deleteMany());
      await eventually(async () => expect(await runs.row(id)).toMatchObject({ state: 'succeeded' }));
      expect(seen).toEqual([1, 2, 3]);
    },
  );
});

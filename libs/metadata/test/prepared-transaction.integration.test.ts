import { describe, expect, it } from 'vitest';
import { DatabaseConflictError } from '../src/database-errors.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();

const valueOf = async (name: string): Promise<unknown> => {
  const [row] = await opened.database.prepared<{ value: unknown }>(
    'test_setting',
    'SELECT value FROM setting WHERE name = $1',
    [name],
  );
  return row?.value;
};

describe('a transaction of prepared statements', () => {
  it('keeps all of it or, when it throws, nothing, and passes the error on unchanged', async () => {
    const error = new Error('mine');
    const put = (name: string, failure?: Error) =>
      opened.database.statements(async (tx) => {
        await tx.$executeRaw`INSERT INTO setting (name, value) VALUES (${name}, ${JSON.stringify(name)}::jsonb)`;
        if (failure) throw failure;
        return tx.$queryRaw<{ name: string }[]>`SELECT name FROM setting WHERE name = ${name}`;
      });
    await expect(put('kept')).resolves.toEqual([{ name: 'kept' }]);
    await expect(put('lost', error)).rejects.toBe(error);
    expect([await valueOf('kept'), await valueOf('lost')]).toEqual(['kept', undefined]);
  });

  it('is no success when the failure of a statement was passed over', async () => {
    const work = opened.database.statements(async (tx) => {
      await tx.$executeRaw`INSERT INTO setting (name, value) VALUES ('passed-over', '1')`;
      await tx.$executeRaw`SELECT 1 / 0`.catch(() => undefined);
    });
    await expect(work).rejects.toThrow('passed over');
    expect(await valueOf('passed-over')).toBeUndefined();
  });

  it('lets nothing out of a step that goes on after another one has failed', async () => {
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
    let late: Promise<unknown> | undefined;
    const work = opened.database.statements(async (tx) => {
      const goesOn = async () => {
        await isOver;
        return tx.$executeRaw`INSERT INTO setting (name, value) VALUES ('late', '1')`;
      };
      late = goesOn();
      await Promise.all([late, tx.$executeRaw`SELECT 1 / 0`]);
    });
    await expect(work).rejects.toThrow('division by zero');
    end();
    await expect(late).rejects.toThrow('over');
    expect(await valueOf('late')).toBeUndefined();
  });

  it('gives the connection back after a failure as good as new', async () => {
    const failures = Array.from({ length: 50 }, () =>
      opened.database.statements((tx) => tx.$executeRaw`INSERT INTO setting (name) VALUES (NULL)`),
    );
    expect((await Promise.allSettled(failures)).map(({ status }) => status)).toEqual(failures.map(() => 'rejected'));
    const [row] = await opened.database.statements((tx) => tx.$queryRaw<{ one: number }[]>`SELECT 1 AS one`);
    expect(row).toEqual({ one: 1 });
  });

  it('is run again after a conflict', async () => {
    let attempts = 0;
    const result = await opened.database.statements(async (tx) => {
      attempts += 1;
      await tx.$executeRaw`INSERT INTO setting (name, value) VALUES ('again', '1')`;
      if (attempts === 1) throw new DatabaseConflictError('once');
      return attempts;
    });
    expect([result, await valueOf('again')]).toEqual([2, 1]);
  });

  it('ends with its last step, which sees what the work has done', async () => {
    const result = await opened.database.statements(
      async (tx) => {
        await tx.$executeRaw`INSERT INTO setting (name, value) VALUES ('before-last', '1')`;
        return 2;
      },
      async (tx, added) => {
        await tx.$executeRaw`UPDATE setting SET value = to_jsonb(${added}::int) WHERE name = 'before-last'`;
      },
    );
    expect([result, await valueOf('before-last')]).toEqual([2, 2]);
  });

  it('keeps nothing when its last step fails, and says why', async () => {
    const work = opened.database.statements(
      (tx) => tx.$executeRaw`INSERT INTO setting (name, value) VALUES ('last-failed', '1')`,
      async (tx) => {
        await tx.$executeRaw`SELECT 1 / 0`;
      },
    );
    await expect(work).rejects.toThrow('division by zero');
    expect(await valueOf('last-failed')).toBeUndefined();
  });

  it('is no success when its last step wants a second statement: that would come after COMMIT', async () => {
    const work = opened.database.statements(
      async () => undefined,
      async (tx) => {
        await tx.$executeRaw`INSERT INTO setting (name, value) VALUES ('two-steps', '1')`;
        await tx.$executeRaw`UPDATE setting SET value = '2' WHERE name = 'two-steps'`;
      },
    );
    await expect(work).rejects.toThrow('over');
  });

  it('has whole numbers beyond 2^53 as bigint', async () => {
    const [row] = await opened.database.statements(
      (tx) => tx.$queryRaw<{ large: bigint }[]>`SELECT 9007199254740993::bigint AS large`,
    );
    expect(row).toEqual({ large: 9007199254740993n });
  });

  it('survives that its connection is cut in the middle, and so does the pool', async () => {
    const work = opened.database.statements(async (tx) => {
      const [own] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await opened.database.prepared('test_cut', 'SELECT pg_terminate_backend($1)', [own?.pid]);
      await tx.$queryRaw`SELECT 1`;
    });
    await expect(work).rejects.toThrow('Postgres does not answer');
    await opened.database.checkHealth();
  });
});

import { createTestDatabase, type TestDatabase } from '@stowage/dev-env/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../src/database.js';
import { AlreadyExistsError, DatabaseConflictError, DatabaseUnavailableError } from '../src/database-errors.js';
import { migratedTemplate } from '../src/testing/index.js';
import { TcpGate } from './tcp-gate.js';

let created: TestDatabase;
let gate: TcpGate;
let database: Database;

beforeAll(async () => {
  created = await createTestDatabase({ template: migratedTemplate });
  gate = new TcpGate(new URL(created.connectionString));
  await gate.open();
  database = new Database({ connectionString: gate.url, maxConnections: 8 });
});

afterAll(async () => {
  await database.close();
  await gate.shut();
  await created.dispose();
});

const put = (name: string, value: string) => database.run((db) => db.setting.create({ data: { name, value } }));
const valueOf = async (name: string) => (await database.run((db) => db.setting.findUnique({ where: { name } })))?.value;

/** Resolves for all callers when the given number of them has come. */
function barrier(parties: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let waiting = 0;
  return async () => {
    waiting += 1;
    if (waiting === parties) resolve();
    await promise;
  };
}

describe('Database', () => {
  it('keeps nothing of a transaction that throws, and passes the error on unchanged', async () => {
    const error = new Error('mine');
    const work = database.transaction(async (tx) => {
      await tx.setting.create({ data: { name: 'rolled-back', value: 1 } });
      throw error;
    });
    await expect(work).rejects.toBe(error);
    expect(await valueOf('rolled-back')).toBeUndefined();
  });

  it('runs both transactions of a deadlock to their end (2.7, I12)', async () => {
    await put('x', '');
    await put('y', '');
    const bothHoldTheirFirst = barrier(2);
    let attempts = 0;
    const lockInOrder = (first: string, second: string) =>
      database.transaction(async (tx) => {
        attempts += 1;
        await tx.$executeRaw`UPDATE setting SET value = to_jsonb(value::text || ${first}) WHERE name = ${first}`;
        await bothHoldTheirFirst();
        await tx.$executeRaw`UPDATE setting SET value = to_jsonb(value::text || ${first}) WHERE name = ${second}`;
      });
    await Promise.all([lockInOrder('x', 'y'), lockInOrder('y', 'x')]);
    expect(attempts).toBe(3);
    expect(
      JSON.stringify(await valueOf('x'))
        .match(/[xy]/g)
        ?.toSorted(),
    ).toEqual(['x', 'y']);
  });

  it('gives up after four attempts and says that it is unavailable', async () => {
    let attempts = 0;
    const work = database.transaction(async () => {
      attempts += 1;
      throw new DatabaseConflictError('always');
    });
    await expect(work).rejects.toThrow(DatabaseUnavailableError);
    expect(attempts).toBe(4);
  });

  it('names the unique index that refused a row, by Prisma and by SQL', async () => {
    await put('taken', '1');
    await expect(put('taken', '2')).rejects.toThrow(AlreadyExistsError);
    const bySql = database.transaction((tx) => tx.$executeRaw`INSERT INTO setting (name, value) VALUES ('taken', '1')`);
    await expect(bySql).rejects.toMatchObject({ name: 'AlreadyExistsError', index: 'setting_pkey' });
  });

  it('leaves defects as they are: a check that fails is neither a conflict nor an outage', async () => {
    const work = database.run((db) => db.$executeRaw`SELECT 1 / 0`);
    await expect(work).rejects.toSatisfy((error: Error) => !error.name.startsWith('Database'));
  });

  it('is unavailable when a lock is not to be had in time (I12)', async () => {
    await put('locked', '1');
    const holder = new pg.Client({ connectionString: created.connectionString });
    await holder.connect();
    await holder.query(`BEGIN; SELECT 1 FROM setting WHERE name = 'locked' FOR UPDATE`);
    const work = database.transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL lock_timeout = 1`;
      await tx.$executeRaw`UPDATE setting SET value = '2' WHERE name = 'locked'`;
    });
    await expect(work).rejects.toThrow(DatabaseUnavailableError);
    await holder.end();
  });

  it.each(['lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout'])(
    'sets %s on every connection',
    async (name) => {
      const [row] = await database.prepared<{ setting: string }>(
        's',
        'SELECT setting FROM pg_settings WHERE name = $1',
        [name],
      );
      expect(Number(row?.setting)).toBeGreaterThan(0);
    },
  );

  it('outlives the loss of every connection at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => database.checkHealth()));
    const admin = new pg.Client({ connectionString: created.connectionString });
    await admin.connect();
    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'stowage' AND datname = current_database()`,
    );
    await admin.end();
    await expect
      .poll(() =>
        database.checkHealth().then(
          () => 'ok',
          (error: Error) => error.name,
        ),
      )
      .toBe('ok');
  });

  it('is unavailable in every way while Postgres is down, and works again without a new object', async () => {
    await database.checkHealth();
    await gate.shut();
    const outcomes = await Promise.allSettled([
      database.checkHealth(),
      valueOf('x'),
      put('while-down', '1'),
      database.transaction((tx) => tx.setting.findMany()),
    ]);
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && (outcome.reason as Error).name)).toEqual(
      Array(4).fill('DatabaseUnavailableError'),
    );
    await gate.open();
    await database.checkHealth();
    await put('after', '1');
    expect(await valueOf('after')).toBe('1');
    expect(await valueOf('while-down')).toBeUndefined();
  });

  it('is unavailable, not broken, when a transaction loses Postgres in its middle', async () => {
    const work = database.transaction(async (tx) => {
      await tx.setting.create({ data: { name: 'half', value: 1 } });
      await gate.shut();
      await tx.setting.create({ data: { name: 'other-half', value: 1 } });
    });
    await expect(work).rejects.toThrow(DatabaseUnavailableError);
    await gate.open();
    expect(await valueOf('half')).toBeUndefined();
  });

  const inTransaction = () => database.transaction((tx) => tx.$executeRaw`UPDATE setting SET value = '3'`);
  const prepared = () => database.statements((tx) => tx.$executeRaw`UPDATE setting SET value = '3'`);
  const alone = () => database.run((db) => db.setting.updateMany({ data: { value: '3' } }));

  it.each([
    ['the start of a transaction', 'BEGIN', inTransaction],
    ['a statement of a transaction', 'UPDATE', inTransaction],
    ['the end of a transaction', 'COMMIT', inTransaction],
    ['the start of prepared statements', 'BEGIN', prepared],
    ['one of prepared statements', 'UPDATE', prepared],
    ['the end of prepared statements', 'COMMIT', prepared],
    ['a statement alone', 'UPDATE', alone],
  ])('is unavailable when the connection is reset at %s', async (_, text, update) => {
    gate.resetAt(text);
    await expect(update()).rejects.toThrow(DatabaseUnavailableError);
    await database.checkHealth();
  });
});

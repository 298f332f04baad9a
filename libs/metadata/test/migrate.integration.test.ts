import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@stowage/dev-env/testing';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MigrationError, migrate } from '../src/migrate.js';
import { MIGRATIONS_FOLDER } from '../src/testing/index.js';

let folder: string;
let database: TestDatabase;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'stowage-migrate-'));
  database = await createTestDatabase();
});

afterEach(async () => {
  await database.dispose();
  await rm(folder, { recursive: true });
});

async function write(migrations: Record<string, string>): Promise<void> {
  for (const [name, sql] of Object.entries(migrations)) {
    await mkdir(path.join(folder, name), { recursive: true });
    await writeFile(path.join(folder, name, 'migration.sql'), sql);
  }
}

async function query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const run = () => migrate(database.connectionString, folder);
const tables = async () => {
  const rows = await query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};

describe('migrate', () => {
  it('brings an empty database to the schema of this version', async () => {
    const applied = await migrate(database.connectionString, MIGRATIONS_FOLDER);
    expect(applied.length).toBeGreaterThan(0);
    expect(await tables()).toEqual(
      expect.arrayContaining(['app_user', 'blob', 'manifest', 'repository', 'upload_session']),
    );
  });

  it('does nothing the second time', async () => {
    await write({ '1_a': 'CREATE TABLE a ()' });
    expect(await run()).toEqual(['1_a']);
    expect(await run()).toEqual([]);
  });

  it('applies each migration once when ten processes start at once', async () => {
    await write({ '1_a': 'CREATE TABLE a (n int); INSERT INTO a VALUES (1)', '2_b': 'INSERT INTO a VALUES (2)' });
    const applied = await Promise.all(Array.from({ length: 10 }, run));
    expect(applied.flat().toSorted()).toEqual(['1_a', '2_b']);
    expect(await query('SELECT n FROM a ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('applies what is new, in the order of the names', async () => {
    await write({ '1_a': 'CREATE TABLE a (n int)' });
    await run();
    await write({ '3_c': 'ALTER TABLE b RENAME TO c', '2_b': 'ALTER TABLE a RENAME TO b' });
    expect(await run()).toEqual(['2_b', '3_c']);
    expect(await tables()).toEqual(['c']);
  });

  it('refuses a migration that was edited after it was applied, and changes nothing', async () => {
    await write({ '1_a': 'CREATE TABLE a ()' });
    await run();
    await write({ '1_a': 'CREATE TABLE a () -- edited', '2_b': 'CREATE TABLE b ()' });
    await expect(run()).rejects.toThrow(MigrationError);
    await expect(run()).rejects.toThrow('1_a was changed after it was applied');
    expect(await tables()).toEqual(['a']);
  });

  it('refuses a database that a newer version has used', async () => {
    await write({ '1_a': 'CREATE TABLE a ()', '2_b': 'CREATE TABLE b ()' });
    await run();
    await rm(path.join(folder, '2_b'), { recursive: true });
    await expect(run()).rejects.toThrow('newer version (migration 2_b)');
  });

  it('leaves nothing of a migration that fails, keeps those before it, and goes on when it is repaired', async () => {
    await write({ '1_a': 'CREATE TABLE a ()', '2_b': 'CREATE TABLE b (); SELECT 1 / 0' });
    await expect(run()).rejects.toThrow('migration 2_b failed');
    expect(await tables()).toEqual(['a']);
    await write({ '2_b': 'CREATE TABLE b ()' });
    expect(await run()).toEqual(['2_b']);
  });

  it('leaves nothing of a migration in whose middle the connection dies', async () => {
    await write({ '1_a': 'CREATE TABLE a (); SELECT pg_terminate_backend(pg_backend_pid()); CREATE TABLE b ()' });
    await expect(run()).rejects.toThrow('migration 1_a failed');
    expect(await tables()).toEqual([]);
    await write({ '1_a': 'CREATE TABLE a ()' });
    expect(await run()).toEqual(['1_a']);
  });
});

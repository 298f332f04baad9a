import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startTestPostgres } from './test-postgres.js';

/** Set by the global set-up of a run: the server that all test files share. */
export const SHARED_SERVER_VARIABLE = 'STOWAGE_TEST_POSTGRES_URL';

/** Prepared once per server, then copied: cheaper than to apply migrations for every file. */
export interface DatabaseTemplate {
  /** Letters, digits and `_`; must change when `prepare` would do something else. */
  readonly name: string;
  readonly prepare: (connectionString: string) => Promise<void>;
}

export interface TestDatabaseOptions {
  readonly template?: DatabaseTemplate;
}

export interface TestDatabase {
  readonly connectionString: string;
  readonly name: string;
  /** Drops the database, open connections or not. */
  dispose(): Promise<void>;
}

let ownServer: Promise<string> | undefined;

/**
 * A fresh database, empty or a copy of the template, on the server that the run shares. Without one the first
 * call in a process starts a server, which ends with the process.
 */
export async function createTestDatabase({ template }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = await findServer();
  const source = template ? await ensureTemplate(server, template) : 'template0';
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withClient(server, (client) => client.query(`CREATE DATABASE "${name}" TEMPLATE "${source}"`));
  return {
    connectionString: databaseUrl(server, name),
    name,
    dispose: async () => {
      await withClient(server, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
    },
  };
}

async function findServer(): Promise<string> {
  const shared = process.env[SHARED_SERVER_VARIABLE];
  if (shared !== undefined) return shared;
  ownServer ??= startTestPostgres().then((server) => server.connectionString);
  return ownServer;
}

/** The lock makes one of several processes prepare; the rename makes a half prepared template invisible. */
async function ensureTemplate(server: string, { name, prepare }: DatabaseTemplate): Promise<string> {
  if (!/^\w{1,40}$/.test(name)) throw new TypeError('not a name for a template');
  const database = `template_${name}`;
  await withClient(server, async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [database]);
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (known.rowCount) return;
    const unfinished = `unfinished_${name}`;
    await client.query(`DROP DATABASE IF EXISTS "${unfinished}" WITH (FORCE)`);
    await client.query(`CREATE DATABASE "${unfinished}" TEMPLATE template0`);
    await prepare(databaseUrl(server, unfinished));
    await client.query(`ALTER DATABASE "${unfinished}" RENAME TO "${database}"`);
  });
  return database;
}

async function withClient<T>(connectionString: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

import type { Database } from '@stowage/metadata';

/** What the use of a credential leaves behind, and what is said of refusals: no change of anything that a tenant owns. */
const USE_OF_CREDENTIALS = ['last_used_at', 'last_used_address', 'seen_at', 'address', 'updated_at'];
/** Pulls are noted in the background, after their answers. */
const NOT_OF_TENANTS = ['rate_window', 'manifest_pull', '_prisma_migrations'];

const statements = new WeakMap<Database, Promise<string>>();

/**
 * The rows of every table: how many, and the sum of their hashes, which needs no order. Two that are equal mean that nothing
 * has changed in between.
 */
export async function fingerprint(database: Database): Promise<Record<string, string>> {
  const known = statements.get(database) ?? statementFor(database);
  statements.set(database, known);
  const rows = await database.prepared<{ name: string; digest: string }>('walls_fingerprint', await known, [
    USE_OF_CREDENTIALS,
  ]);
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}

/** One for all tables: hundreds of fingerprints are taken in a run. */
async function statementFor(database: Database): Promise<string> {
  const tables = await database.prepared<{ name: string }>(
    'walls_tables',
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL ($1::text[]) ORDER BY 1`,
    [NOT_OF_TENANTS],
  );
  return tables.map(({ name }) => digestOf(name)).join('\nUNION ALL ');
}

function digestOf(table: string): string {
  const noRefusals = table === 'audit_event' ? `WHERE t.action !~ '^denial\\.|\\.(fail|deny|denied|refuse)$'` : '';
  return `
    SELECT '${table}' AS name,
           count(*) || ' ' || coalesce(sum(hashtextextended((to_jsonb(t) - $1::text[])::text, 0)::numeric), 0) AS digest
    FROM "${table}" t ${noRefusals}`;
}

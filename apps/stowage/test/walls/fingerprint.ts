import type { Database } from '@stowage/metadata';

/** What the use of a credential leaves behind, and what is said of refusals: no change of anything that a tenant owns. */
const USE_OF_CREDENTIALS = ['last_used_at', 'last_used_address', 'seen_at', 'address', 'updated_at'];
/** Pulls are noted in the background, after their answers. */
const NOT_OF_TENANTS = ['rate_window', 'manifest_pull', '_prisma_migrations'];

/** One digest of every row of every table. Two that are equal mean that nothing has changed in between. */
export async function fingerprint(database: Database): Promise<Record<string, string>> {
  const tables = await database.prepared<{ name: string }>(
    'walls_tables',
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    [],
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    if (NOT_OF_TENANTS.includes(name)) continue;
    const [row] = await database.prepared<{ digest: string }>(
      `walls_digest_${name}`,
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(md5((to_jsonb(t) - $1::text[])::text), '' ORDER BY md5((to_jsonb(t) - $1::text[])::text))), '') AS digest
       FROM "${name}" t ${name === 'audit_event' ? `WHERE t.action !~ '^denial\\.|\\.(fail|deny|denied|refuse)$'` : ''}`,
      [USE_OF_CREDENTIALS],
    );
    digests[name] = row?.digest ?? '';
  }
  return digests;
}

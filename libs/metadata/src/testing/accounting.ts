import type { Database } from '../database.js';

export interface Accounting {
  readonly used: number;
  readonly reserved: number;
}

/** What the namespace is charged. */
export async function chargedTo(database: Database, namespaceId: string): Promise<Accounting> {
  const row = await database.run((db) => db.namespaceUsage.findUniqueOrThrow({ where: { namespaceId } }));
  return { used: Number(row.usedBytes), reserved: Number(row.reservedBytes) };
}

/** What it should be charged, from the links and sessions alone: each distinct blob and manifest once (I6). */
export async function recount(database: Database, namespaceId: string): Promise<Accounting> {
  const [row] = await database.run(
    (db) => db.$queryRaw<{ used: number; reserved: number }[]>`
      SELECT
        (SELECT coalesce(sum(size), 0)::float8 FROM (
          SELECT b.digest, b.size FROM repository r
            JOIN repository_blob l ON l.repository_id = r.id JOIN blob b ON b.digest = l.digest
            WHERE r.namespace_id = ${namespaceId}::uuid
          UNION
          SELECT m.digest, m.payload_size FROM repository r JOIN manifest m ON m.repository_id = r.id
            WHERE r.namespace_id = ${namespaceId}::uuid) AS held) AS used,
        (SELECT coalesce(sum(s.reserved_bytes), 0)::float8 FROM upload_session s
          JOIN repository r ON r.id = s.repository_id WHERE r.namespace_id = ${namespaceId}::uuid) AS reserved`,
  );
  if (!row) throw new Error('an aggregate has one row');
  return row;
}

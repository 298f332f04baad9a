import type { TagName } from '@stowage/oci';
import type { Statements } from '../statements.js';

/** Where the tags are. */
export interface Held {
  readonly namespaceId: string;
  readonly repositoryId: string;
}

/**
 * Bytes that nothing in the namespace holds any more when all these tags are gone. Manifests go that these tags lead to and no
 * other tag does: with what they name and what refers to them. So do their blobs that nothing which stays names; and of both
 * only what no other repository of the namespace has. What has no tag already is left out of the account: it is garbage, or
 * will be a tag's.
 *
 * Everything is read once and joined by hashes. A root is what tags point at; it goes when all of them do. Few manifests have
 * relatives, so those are followed along the edges alone, and one that anything which stays leads to stays.
 */
export async function freedBytes(
  tx: Statements,
  { namespaceId, repositoryId }: Held,
  tags: readonly TagName[],
): Promise<number> {
  await planForMany(tx);
  const [row] = await tx.$queryRaw<{ bytes: number }[]>`
    WITH RECURSIVE root AS MATERIALIZED (
      SELECT t.digest, bool_and(g.name IS NOT NULL) AS goes
      FROM tag t LEFT JOIN (SELECT unnest(${tags}::text[]) COLLATE "C" AS name) g ON g.name = t.name
      WHERE t.repository_id = ${repositoryId}::uuid GROUP BY t.digest
    ), edge AS MATERIALIZED (
      SELECT parent_digest AS origin, child_digest AS digest FROM manifest_child WHERE repository_id = ${repositoryId}::uuid
      UNION ALL
      SELECT subject_digest, digest FROM manifest
      WHERE repository_id = ${repositoryId}::uuid AND subject_digest IS NOT NULL
    ), reached AS (
      SELECT e.digest, r.goes FROM root r JOIN edge e ON e.origin = r.digest
      UNION
      SELECT e.digest, x.goes FROM reached x JOIN edge e ON e.origin = x.digest
    ), relative AS MATERIALIZED (
      SELECT digest, bool_and(goes) AS goes FROM reached GROUP BY digest
    ), unheld AS (
      SELECT r.digest FROM root r LEFT JOIN relative x ON x.digest = r.digest WHERE r.goes AND coalesce(x.goes, true)
      UNION ALL
      SELECT x.digest FROM relative x WHERE x.goes AND NOT EXISTS (SELECT 1 FROM root r WHERE r.digest = x.digest)
      UNION ALL
      SELECT b.blob_digest
      FROM manifest_blob b
      LEFT JOIN root r ON r.digest = b.manifest_digest LEFT JOIN relative x ON x.digest = b.manifest_digest
      WHERE b.repository_id = ${repositoryId}::uuid AND (r.digest IS NOT NULL OR x.digest IS NOT NULL)
      GROUP BY b.blob_digest HAVING bool_and(coalesce(r.goes, true) AND coalesce(x.goes, true))
    )
    SELECT coalesce(sum(c.size), 0)::float8 AS bytes
    FROM unheld u JOIN namespace_blob c
      ON c.namespace_id = ${namespaceId}::uuid AND c.digest = u.digest AND c.link_count = 1`;
  return row?.bytes ?? 0;
}

/**
 * For the rest of the transaction. A hundred thousand tags name half a million blobs: hashes of so many digests don't fit into
 * the 4 MB that a statement has, and a plan that is made for any repository looks each of them up by itself.
 */
async function planForMany(tx: Statements): Promise<void> {
  await tx.$queryRaw`
    SELECT set_config('work_mem', '64MB', true), set_config('plan_cache_mode', 'force_custom_plan', true)`;
}

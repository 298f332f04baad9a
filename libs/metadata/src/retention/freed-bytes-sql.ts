/**
 * Bytes that nothing in a namespace ($1) holds any more when tags ($3) of one of its repositories ($2) are gone. Manifests go that
 * these tags lead to and no other tag does: with what they name and what refers to them. So do their blobs that nothing which
 * stays names; and of both only what no other repository of the namespace has. What has no tag already is left out of the
 * account: it is garbage, or will be a tag's.
 *
 * Everything is read once and joined by hashes. A root is what tags point at; it goes when all of them do. Few manifests have
 * relatives, so those are followed along the edges alone, and one that anything which stays leads to stays.
 */
export const FREED_BYTES = `
  WITH RECURSIVE root AS MATERIALIZED (
    SELECT t.digest, bool_and(g.name IS NOT NULL) AS goes
    FROM tag t LEFT JOIN (SELECT unnest($3::text[]) COLLATE "C" AS name) g ON g.name = t.name
    WHERE t.repository_id = $2 GROUP BY t.digest
  ), edge AS MATERIALIZED (
    SELECT parent_digest AS origin, child_digest AS digest FROM manifest_child WHERE repository_id = $2
    UNION ALL
    SELECT subject_digest, digest FROM manifest
    WHERE repository_id = $2 AND subject_digest IS NOT NULL
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
    WHERE b.repository_id = $2 AND (r.digest IS NOT NULL OR x.digest IS NOT NULL)
    GROUP BY b.blob_digest HAVING bool_and(coalesce(r.goes, true) AND coalesce(x.goes, true))
  )
  SELECT coalesce(sum(c.size), 0)::float8 AS bytes
  FROM unheld u JOIN namespace_blob c
    ON c.namespace_id = $1 AND c.digest = u.digest AND c.link_count = 1`;

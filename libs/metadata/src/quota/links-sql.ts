/**
 * What a namespace ($1) holds, as the common table expression `link`: one row for each link of a repository to a blob, and for
 * each manifest of a repository, with the size and with how many links the whole namespace has. The bytes that it is charged
 * are those of the distinct digests in it (I6). What is in the trash still counts.
 */
export const LINK = `
  link AS MATERIALIZED (
    SELECT l.repository_id, c.digest, c.size, c.link_count
    FROM (
      SELECT r.id AS repository_id, b.digest
      FROM repository r JOIN repository_blob b ON b.repository_id = r.id WHERE r.namespace_id = $1::uuid
      UNION ALL
      SELECT r.id, m.digest FROM repository r JOIN manifest m ON m.repository_id = r.id WHERE r.namespace_id = $1::uuid
    ) l JOIN namespace_blob c ON c.namespace_id = $1::uuid AND c.digest = l.digest
  )`;

/**
 * Which roots hold what, as common table expressions of a recursive statement about a namespace ($1). A root is a manifest that
 * no index names and that refers to nothing: deleting it takes along its children, and whoever refers to one of them, unless
 * another root holds them too. A root is in the trash when it or its repository is, or when nothing but an entry of the trash
 * keeps it. `held_by_root` has one row for each root, by its number, and digest, however often it names it.
 *
 * Few manifests have relatives in most namespaces, so those are followed along the edges alone.
 */
export const HELD_BY_ROOT = `
  root AS MATERIALIZED (
    SELECT row_number() OVER () AS number, m.repository_id, m.digest,
           r.deleted_at IS NOT NULL OR m.deleted_at IS NOT NULL OR (
             EXISTS (SELECT 1 FROM trash_entry e WHERE e.repository_id = m.repository_id AND e.digest = m.digest)
             AND NOT EXISTS (SELECT 1 FROM tag t WHERE t.repository_id = m.repository_id AND t.digest = m.digest)
           ) AS is_trash
    FROM repository r JOIN manifest m ON m.repository_id = r.id
    WHERE r.namespace_id = $1::uuid
      AND NOT EXISTS (SELECT 1 FROM manifest_child c WHERE c.repository_id = m.repository_id AND c.child_digest = m.digest)
      AND (m.subject_digest IS NULL OR NOT EXISTS (
        SELECT 1 FROM manifest s WHERE s.repository_id = m.repository_id AND s.digest = m.subject_digest))
  ), edge AS MATERIALIZED (
    SELECT c.repository_id, c.parent_digest AS origin, c.child_digest AS digest
    FROM repository r JOIN manifest_child c ON c.repository_id = r.id WHERE r.namespace_id = $1::uuid
    UNION ALL
    SELECT m.repository_id, m.subject_digest, m.digest
    FROM repository r JOIN manifest m ON m.repository_id = r.id AND m.subject_digest IS NOT NULL
    WHERE r.namespace_id = $1::uuid
  ), relative AS (
    SELECT o.number, o.repository_id, o.is_trash, e.digest
    FROM root o JOIN edge e ON e.repository_id = o.repository_id AND e.origin = o.digest
    UNION
    SELECT x.number, x.repository_id, x.is_trash, e.digest
    FROM relative x JOIN edge e ON e.repository_id = x.repository_id AND e.origin = x.digest
  ), held_by_root AS (
    SELECT number, is_trash, digest FROM root
    UNION ALL
    SELECT number, is_trash, digest FROM relative
    UNION ALL
    SELECT o.number, o.is_trash, b.blob_digest
    FROM root o JOIN manifest_blob b ON b.repository_id = o.repository_id AND b.manifest_digest = o.digest
    UNION ALL
    SELECT DISTINCT x.number, x.is_trash, b.blob_digest
    FROM relative x JOIN manifest_blob b ON b.repository_id = x.repository_id AND b.manifest_digest = x.digest
    WHERE NOT EXISTS (
      SELECT 1 FROM root o JOIN manifest_blob own ON own.repository_id = o.repository_id AND own.manifest_digest = o.digest
      WHERE o.number = x.number AND own.blob_digest = b.blob_digest)
  )`;

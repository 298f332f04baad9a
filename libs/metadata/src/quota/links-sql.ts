/**
 * What a namespace ($1) holds: one row for each link of a repository to a blob, and for each manifest of a repository. The
 * bytes that it is charged are those of the distinct digests in it (I6). What is in the trash still counts.
 */
export const LINKS = `
  SELECT r.id AS repository_id, l.digest, b.size
  FROM repository r JOIN repository_blob l ON l.repository_id = r.id JOIN blob b ON b.digest = l.digest
  WHERE r.namespace_id = $1::uuid
  UNION ALL
  SELECT r.id, m.digest, m.payload_size::bigint
  FROM repository r JOIN manifest m ON m.repository_id = r.id WHERE r.namespace_id = $1::uuid`;

/**
 * Which roots hold what, as common table expressions of a recursive statement about a namespace ($1). A root is a manifest that
 * no index names and that refers to nothing: deleting it takes along its children, and whoever refers to one of them, unless
 * another root holds them too. `held_by_root` has one row for each root, link and digest. A root is in the trash when it or its
 * repository is, or when nothing but an entry of the trash keeps it.
 */
export const HELD_BY_ROOT = `
  root AS (
    SELECT m.repository_id, m.digest AS root,
           r.deleted_at IS NOT NULL OR m.deleted_at IS NOT NULL OR (
             NOT EXISTS (SELECT 1 FROM tag t WHERE t.repository_id = m.repository_id AND t.digest = m.digest)
             AND EXISTS (SELECT 1 FROM trash_entry e WHERE e.repository_id = m.repository_id AND e.digest = m.digest)
           ) AS is_trash
    FROM repository r JOIN manifest m ON m.repository_id = r.id
    WHERE r.namespace_id = $1::uuid
      AND NOT EXISTS (SELECT 1 FROM manifest_child c WHERE c.repository_id = m.repository_id AND c.child_digest = m.digest)
      AND NOT EXISTS (SELECT 1 FROM manifest s WHERE s.repository_id = m.repository_id AND s.digest = m.subject_digest)
  ), reach AS (
    SELECT repository_id, root, is_trash, root AS digest FROM root
    UNION
    SELECT x.repository_id, x.root, x.is_trash, n.digest
    FROM reach x CROSS JOIN LATERAL (
      SELECT c.child_digest AS digest FROM manifest_child c
      WHERE c.repository_id = x.repository_id AND c.parent_digest = x.digest
      UNION ALL
      SELECT f.digest FROM manifest f WHERE f.repository_id = x.repository_id AND f.subject_digest = x.digest
    ) n
  ), held_by_root AS (
    SELECT repository_id, root, is_trash, digest FROM reach
    UNION ALL
    SELECT DISTINCT x.repository_id, x.root, x.is_trash, b.blob_digest
    FROM reach x JOIN manifest_blob b ON b.repository_id = x.repository_id AND b.manifest_digest = x.digest
  )`;

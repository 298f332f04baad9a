import type { Digest, TagName } from '@stowage/oci';
import type { Database } from '../database.js';

interface Held {
  readonly namespaceId: string;
  readonly repositoryId: string;
}

/**
 * Manifests that these tags lead to and the other tags don't: with what they name and what refers to them. Then their blobs
 * that nothing which stays names, and of both only what no other repository of the namespace has. What has no tag already is
 * left out of the account: it is garbage, or will be a tag's.
 */
const FREED = `
  WITH RECURSIVE going AS MATERIALIZED (SELECT unnest($3::text[]) COLLATE "C" AS name),
  roots AS MATERIALIZED (
    SELECT t.digest, bool_and(g.name IS NOT NULL) AS goes
    FROM tag t LEFT JOIN going g ON g.name = t.name WHERE t.repository_id = $2 GROUP BY t.digest
  ),
  leaving AS (
    SELECT digest FROM roots WHERE goes
    UNION
    SELECT next.digest FROM leaving l CROSS JOIN LATERAL (${next('l.digest')}) next
  ),
  staying AS (
    SELECT digest FROM roots WHERE NOT goes
    UNION
    SELECT next.digest FROM staying s CROSS JOIN LATERAL (${next('s.digest')}) next
  ),
  gone AS MATERIALIZED (SELECT digest FROM leaving EXCEPT SELECT digest FROM staying),
  unheld AS (
    SELECT digest FROM gone
    UNION
    (SELECT b.blob_digest FROM gone g JOIN manifest_blob b ON b.repository_id = $2 AND b.manifest_digest = g.digest
     EXCEPT
     SELECT b.blob_digest FROM staying s JOIN manifest_blob b ON b.repository_id = $2 AND b.manifest_digest = s.digest)
  )
  SELECT coalesce(sum(c.size), 0)::float8 AS bytes
  FROM unheld u JOIN namespace_blob c ON c.namespace_id = $1 AND c.digest = u.digest AND c.link_count = 1`;

function next(digest: string): string {
  return `
    SELECT c.child_digest AS digest FROM manifest_child c WHERE c.repository_id = $2 AND c.parent_digest = ${digest}
    UNION ALL
    SELECT m.digest FROM manifest m WHERE m.repository_id = $2 AND m.subject_digest = ${digest}`;
}

/** The same for each digest alone. A manifest that two manifests name counts as held: never too much is promised. */
const EXCLUSIVE = `
  WITH RECURSIVE gone AS (
    SELECT root.digest COLLATE "C" AS root, root.digest COLLATE "C" AS digest FROM unnest($3::text[]) AS root (digest)
    WHERE (SELECT count(*) FROM tag t WHERE t.repository_id = $2 AND t.digest = root.digest COLLATE "C") = 1
      AND NOT EXISTS (SELECT 1 FROM manifest_child c WHERE c.repository_id = $2 AND c.child_digest = root.digest COLLATE "C")
    UNION
    SELECT g.root, next.digest FROM gone g CROSS JOIN LATERAL (${next('g.digest')}) next
    WHERE NOT EXISTS (SELECT 1 FROM tag t WHERE t.repository_id = $2 AND t.digest = next.digest)
      AND (SELECT count(*) FROM manifest_child c WHERE c.repository_id = $2 AND c.child_digest = next.digest) <= 1
  ),
  unheld AS (
    SELECT root, digest FROM gone
    UNION
    SELECT g.root, b.blob_digest FROM gone g
    JOIN manifest_blob b ON b.repository_id = $2 AND b.manifest_digest = g.digest
    WHERE NOT EXISTS (
      SELECT 1 FROM manifest_blob o WHERE o.repository_id = $2 AND o.blob_digest = b.blob_digest
        AND o.manifest_digest NOT IN (SELECT same.digest FROM gone same WHERE same.root = g.root))
  )
  SELECT u.root AS digest, sum(c.size)::float8 AS bytes
  FROM unheld u
  JOIN namespace_blob c ON c.namespace_id = $1 AND c.digest = u.digest AND c.link_count = 1
  GROUP BY u.root`;

/** What leaves a namespace when tags of one of its repositories go, and all that only they hold. */
export class RetentionEffect {
  constructor(private readonly database: Database) {}

  /** Bytes that nothing holds any more when all these tags are gone. */
  async freedBytes({ namespaceId, repositoryId }: Held, tags: readonly TagName[]): Promise<number> {
    if (tags.length === 0) return 0;
    const values = [namespaceId, repositoryId, tags];
    const [row] = await this.database.prepared<{ bytes: number }>('retention_freed', FREED, values);
    return row?.bytes ?? 0;
  }

  /** Of each manifest, the bytes that go when it alone loses its tag; 0 when another tag or an index holds it. */
  async exclusiveBytes({ namespaceId, repositoryId }: Held, digests: readonly Digest[]): Promise<Map<Digest, number>> {
    if (digests.length === 0) return new Map();
    const values = [namespaceId, repositoryId, [...new Set(digests)]];
    const rows = await this.database.prepared<{ digest: Digest; bytes: number }>(
      'retention_exclusive',
      EXCLUSIVE,
      values,
    );
    return new Map(rows.map(({ digest, bytes }) => [digest, bytes]));
  }
}

import type { Digest, TagName } from '@stowage/oci';
import type { Database } from '../database.js';
import { FREED_BYTES } from './freed-bytes-sql.js';

interface Held {
  readonly namespaceId: string;
  readonly repositoryId: string;
}

/** A manifest that two manifests name counts as held: never too much is promised. */
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

function next(digest: string): string {
  return `
    SELECT c.child_digest AS digest FROM manifest_child c WHERE c.repository_id = $2 AND c.parent_digest = ${digest}
    UNION ALL
    SELECT m.digest FROM manifest m WHERE m.repository_id = $2 AND m.subject_digest = ${digest}`;
}

/** What leaves a namespace when tags of one of its repositories go, and all that only they hold. */
export class RetentionEffect {
  constructor(private readonly database: Database) {}

  /** Bytes that nothing holds any more when all these tags are gone. */
  async freedBytes({ namespaceId, repositoryId }: Held, tags: readonly TagName[]): Promise<number> {
    if (tags.length === 0) return 0;
    const [row] = await this.database.report<{ bytes: number }>(FREED_BYTES, [namespaceId, repositoryId, tags]);
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

import type { Digest } from '@stowage/oci';
import type { Database } from '../database.js';
import { HELD_BY_ROOT, LINKS } from './links-sql.js';

/** A repository and the bytes that it holds, each digest once. */
export interface RepositoryUsage {
  readonly path: string;
  /** Held by no other repository of the namespace: what its deletion frees. */
  readonly exclusiveBytes: number;
  readonly sharedBytes: number;
  readonly manifestCount: number;
  /** Of the list. */
  readonly position: string;
}

/** Where the bytes of a namespace are, besides repositories. */
export interface UsageBreakdown {
  /** What the repositories would be charged one by one, without sharing. */
  readonly separateBytes: number;
  /** Held by nothing but what is in the trash: charged until it is purged. */
  readonly trashBytes: number;
  /** The next purge; null with an empty trash. */
  readonly trashUntil: Date | null;
  /** Held by no manifest that anybody can see: garbage collection frees it after its delay. */
  readonly unusedBytes: number;
  readonly openUploads: number;
}

/** A manifest, with its children and referrers, and what the namespace would have less without it. */
export interface FreeingManifest {
  readonly repository: string;
  readonly digest: Digest;
  readonly tags: string[];
  readonly freedBytes: number;
  readonly pushedAt: Date;
}

interface RepositoryPage {
  /** The position of the last one on the page before. */
  readonly after: { readonly bytes: number; readonly id: string } | null;
  readonly limit: number;
}

/** Exact, from the rows at this moment: one statement for each question, however many repositories there are. */
export class UsageReport {
  constructor(private readonly database: Database) {}

  /** Those that hold most by themselves first; none that is in the trash. */
  async repositories(namespaceId: string, { after, limit }: RepositoryPage): Promise<RepositoryUsage[]> {
    return this.database.prepared<RepositoryUsage & Record<string, unknown>>(
      'usage_repositories',
      // A digest of which this repository has all links is its own; `link_count` counts those of the whole namespace.
      `WITH held AS (
         SELECT repository_id, digest, max(size) AS size, count(*) AS links FROM (${LINKS}) l GROUP BY 1, 2
       ), sums AS (
         SELECT h.repository_id, coalesce(sum(h.size) FILTER (WHERE c.link_count = h.links), 0)::float8 AS exclusive,
                coalesce(sum(h.size) FILTER (WHERE c.link_count > h.links), 0)::float8 AS shared
         FROM held h JOIN namespace_blob c ON c.namespace_id = $1::uuid AND c.digest = h.digest GROUP BY 1
       ), listed AS (
         SELECT r.id, r.path, coalesce(s.exclusive, 0) AS exclusive, coalesce(s.shared, 0) AS shared
         FROM repository r LEFT JOIN sums s ON s.repository_id = r.id
         WHERE r.namespace_id = $1::uuid AND r.deleted_at IS NULL
       )
       SELECT path, exclusive AS "exclusiveBytes", shared AS "sharedBytes",
              (SELECT count(*)::int FROM manifest m WHERE m.repository_id = l.id AND m.deleted_at IS NULL) AS "manifestCount",
              exclusive || '/' || id AS position
       FROM listed l
       WHERE $2::float8 IS NULL OR (exclusive, id) < ($2::float8, $3::uuid)
       ORDER BY exclusive DESC, id DESC LIMIT $4`,
      [namespaceId, after?.bytes ?? null, after?.id ?? null, limit],
    );
  }

  async breakdown(namespaceId: string): Promise<UsageBreakdown> {
    const [row] = await this.database.prepared<UsageBreakdown & Record<string, unknown>>(
      'usage_breakdown',
      `WITH RECURSIVE ${HELD_BY_ROOT}, held AS (
         SELECT digest, bool_or(NOT is_trash) AS is_live FROM held_by_root GROUP BY digest
       ), separate AS (
         SELECT sum(size) AS bytes FROM (
           SELECT DISTINCT repository_id, digest, size FROM (${LINKS}) l) each_once
       )
       SELECT coalesce((SELECT bytes FROM separate), 0)::float8 AS "separateBytes",
              coalesce(sum(c.size) FILTER (WHERE h.is_live = false), 0)::float8 AS "trashBytes",
              coalesce(sum(c.size) FILTER (WHERE h.is_live IS NULL), 0)::float8 AS "unusedBytes",
              (SELECT min(purge_after) FROM trash_entry t WHERE t.namespace_id = $1::uuid) AS "trashUntil",
              (SELECT count(*)::int FROM upload_session s JOIN repository r ON r.id = s.repository_id
               WHERE r.namespace_id = $1::uuid) AS "openUploads"
       FROM namespace_blob c LEFT JOIN held h ON h.digest = c.digest WHERE c.namespace_id = $1::uuid`,
      [namespaceId],
    );
    if (!row) throw new Error('an aggregate has one row');
    return row;
  }

  /**
   * Those that would free most first. What two of them share is freed by neither alone. The charge is joined before the digests
   * are grouped: the planner takes what a HAVING leaves for next to nothing, and a join after it for cheap in any order.
   */
  async largest(namespaceId: string, limit: number): Promise<FreeingManifest[]> {
    return this.database.prepared<FreeingManifest & Record<string, unknown>>(
      'usage_largest',
      `WITH RECURSIVE ${HELD_BY_ROOT}, held AS (
         SELECT digest, repository_id::text || root COLLATE "C" AS holder, is_trash FROM held_by_root
       ), alone AS (
         SELECT min(h.holder) AS holder, min(c.size) AS size
         FROM held h JOIN namespace_blob c ON c.namespace_id = $1::uuid AND c.digest = h.digest
         GROUP BY h.digest
         HAVING min(h.holder) = max(h.holder) AND count(*) = min(c.link_count) AND NOT bool_or(h.is_trash)
       ), freed AS (
         SELECT left(holder, 36)::uuid AS repository_id, substr(holder, 37) AS root, sum(size)::float8 AS bytes
         FROM alone GROUP BY holder ORDER BY bytes DESC LIMIT $2
       )
       SELECT r.path AS repository, f.root AS digest, f.bytes AS "freedBytes", m.pushed_at AS "pushedAt",
              ARRAY(SELECT t.name FROM tag t WHERE t.repository_id = r.id AND t.digest = f.root
                    ORDER BY t.updated_at DESC LIMIT 20) AS tags
       FROM freed f JOIN repository r ON r.id = f.repository_id AND r.deleted_at IS NULL
       JOIN manifest m ON m.repository_id = f.repository_id AND m.digest = f.root AND m.deleted_at IS NULL
       WHERE f.bytes > 0 ORDER BY f.bytes DESC, f.root LIMIT $2`,
      [namespaceId, limit],
    );
  }
}

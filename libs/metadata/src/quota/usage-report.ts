import type { Digest } from '@stowage/oci';
import type { Database } from '../database.js';
import { HELD_BY_ROOT, LINK } from './links-sql.js';

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
  readonly largest: FreeingManifest[];
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
    return this.database.report<RepositoryUsage & Record<string, unknown>>(
      // A digest of which this repository has all links is its own: one link, or a manifest that is linked as a blob as well.
      `WITH ${LINK}, held AS (
         SELECT repository_id, size, true AS is_own FROM link WHERE link_count = 1
         UNION ALL
         SELECT repository_id, max(size), count(*) = max(link_count) FROM link WHERE link_count > 1
         GROUP BY repository_id, digest
       ), sums AS (
         SELECT repository_id, coalesce(sum(size) FILTER (WHERE is_own), 0)::float8 AS exclusive,
                coalesce(sum(size) FILTER (WHERE NOT is_own), 0)::float8 AS shared
         FROM held GROUP BY 1
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

  /**
   * With the images that would free most, the largest first; what two of them share is freed by neither alone. One statement,
   * because all of it comes from who holds each digest. The charge is joined before the digests are grouped: the planner takes
   * what a HAVING leaves for next to nothing, and a join after it for cheap in any order.
   */
  async breakdown(namespaceId: string, { largest }: { readonly largest: number }): Promise<UsageBreakdown> {
    const [row] = await this.database.report<UsageBreakdown & Record<string, unknown>>(
      `WITH RECURSIVE ${HELD_BY_ROOT}, holding AS MATERIALIZED (
         SELECT min(c.size) AS size, min(c.link_count) AS link_count, min(h.number) AS number,
                min(h.number) = max(h.number) AND count(*) = min(c.link_count) AND NOT bool_or(h.is_trash) AS is_alone,
                bool_or(NOT h.is_trash) AS is_live
         FROM namespace_blob c LEFT JOIN held_by_root h ON h.digest = c.digest
         WHERE c.namespace_id = $1::uuid GROUP BY c.digest
       ), freed AS (
         SELECT number, sum(size)::float8 AS bytes FROM holding WHERE is_alone
         GROUP BY number HAVING sum(size) > 0 ORDER BY bytes DESC LIMIT $2
       ), largest AS (
         SELECT r.path AS repository, m.digest, f.bytes AS "freedBytes", m.pushed_at AS "pushedAt",
                ARRAY(SELECT t.name FROM tag t WHERE t.repository_id = r.id AND t.digest = m.digest
                      ORDER BY t.updated_at DESC LIMIT 20) AS tags
         FROM freed f JOIN root o ON o.number = f.number
         JOIN repository r ON r.id = o.repository_id AND r.deleted_at IS NULL
         JOIN manifest m ON m.repository_id = o.repository_id AND m.digest = o.digest AND m.deleted_at IS NULL
       ), twice AS (
         -- A manifest that is linked as a blob as well counts once in its repository.
         SELECT sum(c.size) AS bytes
         FROM namespace_blob c JOIN manifest m ON m.digest = c.digest
         JOIN repository r ON r.id = m.repository_id AND r.namespace_id = $1::uuid
         JOIN repository_blob b ON b.repository_id = m.repository_id AND b.digest = m.digest
         WHERE c.namespace_id = $1::uuid AND c.link_count > 1
       )
       SELECT (coalesce(sum(size * link_count), 0) - coalesce((SELECT bytes FROM twice), 0))::float8 AS "separateBytes",
              coalesce(sum(size) FILTER (WHERE NOT is_live), 0)::float8 AS "trashBytes",
              coalesce(sum(size) FILTER (WHERE is_live IS NULL), 0)::float8 AS "unusedBytes",
              (SELECT min(purge_after) FROM trash_entry t WHERE t.namespace_id = $1::uuid) AS "trashUntil",
              (SELECT count(*)::int FROM upload_session s JOIN repository r ON r.id = s.repository_id
               WHERE r.namespace_id = $1::uuid) AS "openUploads",
              coalesce((SELECT jsonb_agg(l ORDER BY l."freedBytes" DESC, l.digest) FROM largest l), '[]') AS largest
       FROM holding`,
      [namespaceId, largest],
    );
    if (!row) throw new Error('an aggregate has one row');
    return { ...row, largest: row.largest.map((each) => ({ ...each, pushedAt: new Date(each.pushedAt) })) };
  }
}

import type { Database } from '../database.js';

export type TrashKind = 'tag' | 'manifest' | 'repository' | 'namespace';

/** What was deleted, and until when it can come back. */
export interface TrashRecord {
  readonly id: string;
  readonly kind: TrashKind;
  readonly namespaceId: string;
  /** Of the namespace, as it is or was called. */
  readonly namespace: string;
  readonly repositoryId: string | null;
  /** Path of the repository that holds it; of a repository its own. Null for a namespace. */
  readonly repository: string | null;
  /** A tag, a digest, the path of a repository, the name of a namespace. */
  readonly name: string;
  readonly digest: string | null;
  readonly held: Readonly<Record<string, unknown>>;
  readonly deletedAt: Date;
  readonly deletedBy: string | null;
  readonly purgeAfter: Date;
  readonly isPurging: boolean;
  readonly runId: string | null;
  /** `deletedAt` with microseconds, for the order of pages. */
  readonly place: string;
}

const SELECT = `
  SELECT e.id, e.kind, e.namespace_id AS "namespaceId", n.name AS namespace, e.repository_id AS "repositoryId",
    CASE e.kind WHEN 'repository' THEN e.name WHEN 'namespace' THEN NULL ELSE r.path END AS repository,
    e.name, e.digest, e.held, e.deleted_at AS "deletedAt", e.deleted_by AS "deletedBy", e.purge_after AS "purgeAfter",
    e.is_purging AS "isPurging", e.run_id AS "runId",
    e.deleted_at::text AS place
  FROM trash_entry e JOIN namespace n ON n.id = e.namespace_id LEFT JOIN repository r ON r.id = e.repository_id`;

/** What is in a repository that is in the trash itself comes back with it, and is not listed beside it. */
const REACHABLE = `NOT e.is_purging AND (e.kind = 'repository' OR r.deleted_at IS NULL)`;

/** A place in the list: newest first. */
export interface TrashPlace {
  readonly place: string;
  readonly id: string;
}

/** What can be restored. The caller has checked who may see it. */
export class TrashListings {
  constructor(private readonly database: Database) {}

  /** Tags, manifests and repositories of a namespace, newest first. */
  async list(
    namespaceId: string,
    { after, limit }: { readonly after: TrashPlace | null; readonly limit: number },
  ): Promise<TrashRecord[]> {
    return this.database.prepared<TrashRecord>(
      'trash_list',
      `${SELECT} WHERE e.namespace_id = $1 AND e.kind <> 'namespace' AND ${REACHABLE}
         AND ($2::timestamptz IS NULL OR (e.deleted_at, e.id) < ($2::timestamptz, $3::uuid))
       ORDER BY e.deleted_at DESC, e.id DESC LIMIT $4`,
      [namespaceId, after?.place ?? null, after?.id ?? null, limit],
    );
  }

  async find(namespaceId: string, id: string): Promise<TrashRecord | undefined> {
    const [row] = await this.database.prepared<TrashRecord>(
      'trash_find',
      `${SELECT} WHERE e.namespace_id = $1 AND e.id = $2 AND e.kind <> 'namespace' AND ${REACHABLE}`,
      [namespaceId, id],
    );
    return row;
  }

  /** Namespaces that somebody owned when they were deleted, newest first; all of them for null. */
  async listNamespaces(ownerId: string | null): Promise<TrashRecord[]> {
    return this.database.prepared<TrashRecord>(
      'trash_list_namespaces',
      `${SELECT} WHERE e.kind = 'namespace' AND NOT e.is_purging AND ($1::uuid IS NULL OR EXISTS (
         SELECT 1 FROM namespace_member m
         WHERE m.namespace_id = n.id AND m.user_id = $1::uuid AND m.role = 'owner'))
       ORDER BY e.deleted_at DESC, e.id DESC LIMIT 200`,
      [ownerId],
    );
  }

  async countOf(namespaceId: string): Promise<number> {
    const [row] = await this.database.prepared<{ entries: number }>(
      'trash_count',
      `SELECT count(*)::int AS entries FROM trash_entry e LEFT JOIN repository r ON r.id = e.repository_id
       WHERE e.namespace_id = $1 AND e.kind <> 'namespace' AND ${REACHABLE}`,
      [namespaceId],
    );
    return row?.entries ?? 0;
  }
}

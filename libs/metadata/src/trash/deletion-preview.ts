import type { Digest } from '@stowage/oci';
import type { Database } from '../database.js';
import { immutableContent, type ContentScope } from '../tag-rules/immutable-content.js';
import type { DeletionTerms } from './deletion-terms.js';
import { type FamilyMember, sortFamily } from './manifest-family.js';

/** What a deletion would take, counted from the rows as they are. */
export interface DeletionPreview {
  readonly exclusiveBytes: number;
  readonly sharedBytes: number;
  readonly repositories: number;
  readonly tags: number;
  /** Of the tags, those that a rule holds and that go all the same, because whoever deletes may change the rules. */
  readonly immutableTags: number;
  readonly tagNames: readonly string[];
  readonly manifests: number;
  readonly referrers: number;
  /** Indexes outside that need one of the manifests. */
  readonly neededBy: readonly Digest[];
  /** Null: it goes for good. */
  readonly restorableUntil: Date | null;
  readonly freedBy: Date;
}

/** Tags and manifests of one repository that are to go. */
export interface Doomed {
  readonly repositoryId: string;
  /** With all the tags that point at them. */
  readonly manifests: readonly Digest[];
  readonly tags: readonly string[];
}

const SHOWN_TAGS = 50;

const FAMILY = `
  WITH RECURSIVE family AS (
    SELECT unnest($2::text[]) COLLATE "C" AS digest
    UNION
    SELECT next.digest FROM family f CROSS JOIN LATERAL (
      SELECT c.child_digest AS digest FROM manifest_child c WHERE c.repository_id = $1 AND c.parent_digest = f.digest
      UNION ALL
      SELECT m.digest FROM manifest m WHERE m.repository_id = $1 AND m.subject_digest = f.digest
    ) next
  )
  SELECT m.digest, m.subject_digest AS subject, (m.deleted_at IS NOT NULL) AS "isDeleted",
    ARRAY(SELECT t.name FROM tag t WHERE t.repository_id = $1 AND t.digest = m.digest ORDER BY t.name) AS tags,
    ARRAY(SELECT c.parent_digest FROM manifest_child c WHERE c.repository_id = $1 AND c.child_digest = m.digest
          UNION SELECT a.manifest_digest FROM absent_reference a
          WHERE a.repository_id = $1 AND a.digest = m.digest) AS parents,
    EXISTS (SELECT 1 FROM manifest s WHERE s.repository_id = $1 AND s.digest = m.subject_digest) AS "hasSubject",
    (SELECT max(greatest(e.purge_after, now())) FROM trash_entry e
     WHERE e.repository_id = $1 AND e.digest = m.digest) AS "trashedUntil",
    (SELECT max(v.kept_until) FROM tag_event v WHERE v.repository_id = $1 AND v.previous_digest = m.digest
       AND v.kept_until > now()) AS "keptUntil"
  FROM family f JOIN manifest m ON m.repository_id = $1 AND m.digest = f.digest`;

/** A digest may be linked as a blob and be a manifest as well: links are counted, as the charge counts them. */
const BYTES = `
  WITH going AS (
    SELECT m.digest, m.payload_size::bigint AS size, 1 AS links FROM manifest m
    WHERE m.repository_id = $1 AND m.digest = ANY ($2::text[])
  ), needed AS (
    SELECT DISTINCT b.blob_digest AS digest FROM manifest_blob b
    WHERE b.repository_id = $1 AND b.manifest_digest = ANY ($2::text[])
  ), links AS (
    SELECT n.digest, b.size, CASE WHEN EXISTS (
        SELECT 1 FROM manifest_blob o WHERE o.repository_id = $1 AND o.blob_digest = n.digest
          AND o.manifest_digest <> ALL ($2::text[])) THEN 0 ELSE 1 END AS links
    FROM needed n JOIN blob b ON b.digest = n.digest
  ), gone AS (
    SELECT digest, max(size) AS size, sum(links)::int AS links
    FROM (SELECT * FROM going UNION ALL SELECT * FROM links) AS l GROUP BY digest
  )
  SELECT coalesce(sum(g.size) FILTER (WHERE g.links >= c.link_count), 0)::float8 AS exclusive,
         coalesce(sum(g.size) FILTER (WHERE g.links < c.link_count), 0)::float8 AS shared
  FROM gone g JOIN repository r ON r.id = $1
  JOIN namespace_blob c ON c.namespace_id = r.namespace_id AND c.digest = g.digest`;

const OF_REPOSITORIES = `
  WITH held AS (
    SELECT digest, max(size) AS size, count(*) AS links FROM (
      SELECT l.digest, b.size FROM repository_blob l JOIN blob b ON b.digest = l.digest
      WHERE l.repository_id = ANY ($1::uuid[])
      UNION ALL
      SELECT m.digest, m.payload_size FROM manifest m WHERE m.repository_id = ANY ($1::uuid[])
    ) AS l GROUP BY digest
  )
  SELECT coalesce(sum(h.size) FILTER (WHERE h.links >= c.link_count), 0)::float8 AS exclusive,
         coalesce(sum(h.size) FILTER (WHERE h.links < c.link_count), 0)::float8 AS shared,
         (SELECT count(*)::int FROM tag WHERE repository_id = ANY ($1::uuid[])) AS tags,
         (SELECT count(*)::int FROM manifest WHERE repository_id = ANY ($1::uuid[])) AS manifests,
         (SELECT count(*)::int FROM manifest WHERE repository_id = ANY ($1::uuid[]) AND subject_digest IS NOT NULL)
           AS referrers
  FROM held h JOIN namespace_blob c ON c.namespace_id = $2 AND c.digest = h.digest`;

interface Bytes {
  readonly exclusive: number;
  readonly shared: number;
}

/** What would go, before it goes. Nothing is locked: it is true of the moment at which it is read. */
export class DeletionPreviews {
  constructor(
    private readonly database: Database,
    private readonly terms: DeletionTerms,
  ) {}

  /** Undefined when there is none of them. */
  async ofContent(doomed: Doomed): Promise<DeletionPreview | undefined> {
    const { isThere, ...preview } = await this.#ofContent(doomed);
    return isThere ? preview : undefined;
  }

  /** The same for what a filter took, which may be nothing. */
  async ofMany(doomed: Doomed): Promise<DeletionPreview> {
    const { isThere: _, ...preview } = await this.#ofContent(doomed);
    return preview;
  }

  async #ofContent({ repositoryId, manifests, tags }: Doomed): Promise<DeletionPreview & { isThere: boolean }> {
    const roots = [...manifests, ...(await this.#digestsOf(repositoryId, tags))];
    const members = await this.database.prepared<FamilyMember>('preview_family', FAMILY, [repositoryId, roots]);
    const wanted = new Set(roots);
    const family = sortFamily(members, { manifests, tags });
    const digests = family.going.map(({ digest }) => digest);
    const [bytes] = await this.database.prepared<Bytes>('preview_bytes', BYTES, [repositoryId, digests]);
    const names = [...new Set([...tags, ...family.going.flatMap((member) => member.tags)])].sort();
    // A tag's manifest, what that contains, and the blobs are looked at one after the other.
    const levels = (manifests.length === 0 ? 1 : 0) + (family.going.length > roots.length ? 1 : 0) + 1;
    return {
      isThere: members.some(({ digest, isDeleted }) => wanted.has(digest) && !isDeleted),
      exclusiveBytes: bytes?.exclusive ?? 0,
      sharedBytes: bytes?.shared ?? 0,
      repositories: 0,
      tags: names.length,
      immutableTags: 0,
      tagNames: names.slice(0, SHOWN_TAGS),
      manifests: family.going.length,
      referrers: family.going.filter(({ subject }) => subject !== null).length,
      neededBy: family.neededBy,
      ...(await this.#dates(levels, family.keptUntil)),
    };
  }

  async ofRepository({
    id,
    namespaceId,
  }: {
    readonly id: string;
    readonly namespaceId: string;
  }): Promise<DeletionPreview> {
    return this.#ofRepositories({ namespaceId, repositoryId: id }, [id]);
  }

  async #ofRepositories(scope: ContentScope, repositoryIds: readonly string[]): Promise<DeletionPreview> {
    const { tags: immutableTags } = await this.database.statements((tx) => immutableContent(tx, scope));
    const [row] = await this.database.prepared<Bytes & { tags: number; manifests: number; referrers: number }>(
      'preview_repositories',
      OF_REPOSITORIES,
      [repositoryIds, scope.namespaceId],
    );
    const { exclusive = 0, shared = 0, ...counts } = row ?? { tags: 0, manifests: 0, referrers: 0 };
    const repositories = repositoryIds.length;
    const rest = { repositories, immutableTags, tagNames: [], neededBy: [], ...(await this.#dates(0, null)) };
    return { exclusiveBytes: exclusive, sharedBytes: shared, ...counts, ...rest };
  }

  async ofNamespace(namespaceId: string): Promise<DeletionPreview> {
    const all = await this.database.prepared<{ id: string; isLive: boolean }>(
      'preview_namespace',
      'SELECT id, deleted_at IS NULL AS "isLive" FROM repository WHERE namespace_id = $1',
      [namespaceId],
    );
    const preview = await this.#ofRepositories(
      { namespaceId, repositoryId: null },
      all.map(({ id }) => id),
    );
    return { ...preview, repositories: all.filter(({ isLive }) => isLive).length };
  }

  async #digestsOf(repositoryId: string, tags: readonly string[]): Promise<Digest[]> {
    if (tags.length === 0) return [];
    const rows = await this.database.prepared<{ digest: Digest }>(
      'preview_tags',
      'SELECT DISTINCT digest FROM tag WHERE repository_id = $1 AND name = ANY ($2::text[])',
      [repositoryId, tags],
    );
    return rows.map(({ digest }) => digest);
  }

  /** By the database's clock. `levels`: how often the delay of garbage collection passes after the purge. */
  async #dates(levels: number, keptUntil: Date | null): Promise<Pick<DeletionPreview, 'restorableUntil' | 'freedBy'>> {
    const { trashSeconds, delay } = this.terms;
    const [row] = await this.database.prepared<{ until: Date; freedBy: Date }>(
      'preview_dates',
      `SELECT now() + make_interval(secs => $1) AS until,
              greatest(now() + make_interval(secs => $1), $3::timestamptz) + make_interval(secs => $2) AS "freedBy"`,
      [trashSeconds, levels * delay.seconds, keptUntil],
    );
    if (!row) throw new Error('a clock has a time');
    return { restorableUntil: trashSeconds > 0 ? row.until : null, freedBy: row.freedBy };
  }
}

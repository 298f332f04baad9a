import type { Digest, TagName } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { pinNamespace, type RepositoryRecord } from '../registry/repository-store.js';
import { moveTag } from '../registry/tag-store.js';
import type { DeletionTerms } from './deletion-terms.js';
import { keepRestorable } from './kept-digests.js';

export interface TagEventRecord {
  readonly id: string;
  readonly digest: Digest | null;
  readonly previousDigest: Digest | null;
  readonly actor: string | null;
  readonly at: Date;
  /** The manifest of `digest` is there and not in the trash. */
  readonly isThere: boolean;
  /** Until when moves of tags and the trash keep it; null when nothing of the kind does. */
  readonly keptUntil: Date | null;
}

export type TagRestoreOutcome = 'restored' | 'unknown tag' | 'never there' | 'gone';

const LIST = `
  SELECT e.id::text, e.digest, e.previous_digest AS "previousDigest", e.actor, e.at,
    EXISTS (SELECT 1 FROM manifest m WHERE m.repository_id = $1 AND m.digest = e.digest AND m.deleted_at IS NULL)
      AS "isThere",
    CASE WHEN NOT EXISTS (SELECT 1 FROM tag t WHERE t.repository_id = $1 AND t.digest = e.digest) THEN greatest(
      (SELECT max(v.kept_until) FROM tag_event v
       WHERE v.repository_id = $1 AND v.previous_digest = e.digest AND v.kept_until > now()),
      (SELECT max(x.purge_after) FROM trash_entry x WHERE x.repository_id = $1 AND x.digest = e.digest)) END
      AS "keptUntil"
  FROM tag_event e
  WHERE e.repository_id = $1 AND e.name = $2 AND e.id < coalesce($3::bigint, 9223372036854775807)
  ORDER BY e.id DESC LIMIT $4`;

/** What a tag was, and the way back to it (G9). The caller has checked that the repository may be seen. */
export class TagHistory {
  constructor(
    private readonly database: Database,
    private readonly terms: DeletionTerms,
  ) {}

  /** The newest first; those before an event of this id. */
  async list(
    repositoryId: string,
    tag: TagName,
    page: { readonly before: string | null; readonly limit: number },
  ): Promise<TagEventRecord[]> {
    return this.database.prepared<TagEventRecord>('tag_history', LIST, [repositoryId, tag, page.before, page.limit]);
  }

  /**
   * Points the tag at a digest that it has had before. What it is now can be restored in turn. Throws `ImmutableTagError`
   * and `RepositoryGoneError`.
   */
  async restore(
    {
      repository,
      tag,
      digest,
    }: { readonly repository: RepositoryRecord; readonly tag: TagName; readonly digest: Digest },
    actor: Actor,
  ): Promise<TagRestoreOutcome> {
    return this.database.transaction(async (tx) => {
      const { id: repositoryId, namespaceId, name } = repository;
      await pinNamespace(tx, repository);
      const known = { repositoryId, name: tag };
      if (!(await tx.tagEvent.findFirst({ where: { ...known, digest }, select: { id: true } }))) {
        return (await tx.tagEvent.findFirst({ where: known, select: { id: true } })) ? 'never there' : 'unknown tag';
      }
      // Held, so that neither garbage collection nor a deletion takes it meanwhile (2.4: R3).
      const there = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM manifest
        WHERE repository_id = ${repositoryId}::uuid AND digest = ${digest} AND deleted_at IS NULL FOR KEY SHARE`;
      if (there.length === 0) return 'gone';
      const { trashSeconds: keptSeconds, delay } = this.terms;
      const previous = await moveTag(tx, { repository, tag, digest, actor, keptSeconds });
      if (previous === digest) return 'restored';
      if (previous !== undefined)
        await keepRestorable(tx, { repositoryId, digests: [previous] }, { keptSeconds, delay });
      const detail = { before: { digest: previous ?? null }, after: { digest } };
      await recordAudit(tx, { actor, action: 'tag.restore', namespaceId, target: `${name}:${tag}`, detail });
      return 'restored';
    });
  }
}

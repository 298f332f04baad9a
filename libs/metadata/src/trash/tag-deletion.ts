import type { Digest, TagName } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { recordAudits } from '../audit.js';
import type { Database } from '../database.js';
import { pinNamespace, type RepositoryRecord } from '../registry/repository-store.js';
import { reviewManifests } from '../registry/reviews.js';
import type { Statements } from '../statements.js';
import { refuseImmutable } from '../tag-rules/immutable-tags.js';
import type { DeletionTerms } from './deletion-terms.js';
import { putInTrash } from './trash-rows.js';

/** So many tags one transaction takes: it holds their locks. */
export const MAX_TAGS_AT_ONCE = 500;

/** A tag as it was when somebody decided that it has to go. */
export interface TagToDelete {
  readonly name: TagName;
  /** The tag stays when it is another digest by now; anything when absent. */
  readonly digest?: Digest | undefined;
  /** The tag stays when it was pushed after this moment; at any time when absent. */
  readonly unchangedSince?: Date | undefined;
}

export interface DeletedTag {
  readonly name: TagName;
  readonly digest: Digest;
  /** Where it can be restored from; null when it is gone for good. */
  readonly entryId: string | null;
}

export interface TagDeletion {
  readonly repository: RepositoryRecord;
  /** `MAX_TAGS_AT_ONCE` at most. */
  readonly tags: readonly TagToDelete[];
  readonly actor: Actor;
  /** The run that does it, for people and for its undo. */
  readonly runId?: string | undefined;
  /** Why, in the audit row of each tag: `{rule: …}`. */
  readonly reason?: Readonly<Record<string, string>> | undefined;
}

/**
 * Takes tags, and nothing else, away in one transaction with their events, trash entries and audit rows; returns those that
 * went. The trash keeps their manifests. Throws `RepositoryGoneError`, and `ImmutableTagError` when a rule holds one of them.
 */
export async function deleteTags(
  database: Database,
  deletion: TagDeletion,
  terms: DeletionTerms,
): Promise<DeletedTag[]> {
  return database.statements((tx) => deleteTagsWithin(tx, deletion, terms));
}

/** The same in a transaction of the caller's, who may have looked again in it at what has to go. */
export async function deleteTagsWithin(
  tx: Statements,
  deletion: TagDeletion,
  terms: DeletionTerms,
): Promise<DeletedTag[]> {
  const { repository, tags, actor, runId, reason } = deletion;
  if (tags.length > MAX_TAGS_AT_ONCE) throw new RangeError(`${tags.length} tags are too many for one transaction`);
  if (tags.length === 0) return [];
  await pinNamespace(tx, repository);
  const gone = await takeTags(tx, deletion);
  if (gone.length === 0) return [];
  await refuseImmutable(
    tx,
    repository,
    gone.map(({ name, digest }) => ({ tag: name, digest })),
  );
  const ids = await keep(tx, deletion, { gone, terms });
  await recordAudits(tx, {
    actor,
    action: 'tag.delete',
    namespaceId: repository.namespaceId,
    changes: gone.map(({ name, digest }) => ({
      target: `${repository.name}:${name}`,
      detail: { digest, ...reason, ...(runId === undefined ? {} : { run: runId }) },
    })),
  });
  return gone.map(({ name, digest }, index) => ({ name, digest, entryId: ids[index] ?? null }));
}

interface GoneTag {
  readonly name: TagName;
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** Locked before they are judged, in order: a push of the same tag comes before or after, never in between (2.4: R4). */
async function takeTags(tx: Statements, { repository, tags, actor }: TagDeletion): Promise<GoneTag[]> {
  return tx.$queryRaw<GoneTag[]>`
    WITH wanted AS (
      SELECT * FROM unnest(${tags.map(({ name }) => name)}::text[], ${tags.map(({ digest }) => digest ?? null)}::text[],
                           ${tags.map(({ unchangedSince }) => unchangedSince ?? null)}::timestamptz[])
        AS w (name, digest, since)
    ), locked AS (
      SELECT t.name, t.digest, t.updated_at, w.digest AS wanted_digest, w.since
      FROM wanted w JOIN tag t ON t.repository_id = ${repository.id}::uuid AND t.name = w.name
      ORDER BY t.name FOR UPDATE OF t
    ), gone AS (
      DELETE FROM tag t USING locked l
      WHERE t.repository_id = ${repository.id}::uuid AND t.name = l.name
        AND (l.wanted_digest IS NULL OR l.wanted_digest = l.digest)
        AND (l.since IS NULL OR date_trunc('milliseconds', l.updated_at) <= l.since)
      RETURNING t.name, t.digest
    ), told AS (
      INSERT INTO tag_event (repository_id, name, digest, previous_digest, actor)
      SELECT ${repository.id}::uuid, name, NULL, digest, ${actor.name} FROM gone
    )
    SELECT g.name, g.digest, m.content_size::float8 AS "sizeBytes"
    FROM gone g JOIN manifest m ON m.repository_id = ${repository.id}::uuid AND m.digest = g.digest ORDER BY g.name`;
}

/** The ids of the entries; none when nothing is kept. */
async function keep(
  tx: Statements,
  { repository, actor, runId }: TagDeletion,
  { gone, terms }: { readonly gone: readonly GoneTag[]; readonly terms: DeletionTerms },
): Promise<string[]> {
  const { trashSeconds, delay } = terms;
  const { id: repositoryId, namespaceId } = repository;
  if (trashSeconds > 0) {
    const entries = gone.map(({ name, digest, sizeBytes }) => ({
      kind: 'tag' as const,
      repositoryId,
      name,
      digest,
      held: { sizeBytes },
    }));
    return putInTrash(tx, { namespaceId, actor, trashSeconds, runId }, entries);
  }
  const digests = gone.map(({ digest }) => digest);
  await reviewManifests(tx, { repositoryId, digests }, { event: 'untag', delay });
  return [];
}

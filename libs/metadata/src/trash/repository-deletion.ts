import type { RepositoryName } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { changeReservation } from '../registry/charges.js';
import { RepositoryGoneError, type RepositoryRecord } from '../registry/repository-store.js';
import { endUploads } from '../tenancy/move-repository.js';
import { immutableContent } from '../tag-rules/immutable-content.js';
import type { DeletionTerms } from './deletion-terms.js';
import { putInTrash } from './trash-rows.js';

export interface RepositoryDeletion {
  readonly repository: RepositoryRecord;
  readonly actor: Actor;
  /** Who may change the rules of immutable tags may delete what they hold; nobody else. */
  readonly overrulesTagRules?: boolean | undefined;
  readonly runId?: string | undefined;
}

interface Contents {
  readonly tags: number;
  /** Of them, those that a rule holds. */
  readonly immutableTags: number;
  readonly manifests: number;
  readonly sizeBytes: number;
}

/**
 * Puts a repository into the trash: no name leads to it any more, and its own is free. Uploads into it end, and a push that
 * is at work finds it gone (2.4: R15). Returns the id of the entry. Throws `RepositoryGoneError`, and `ImmutableTagError` for the
 * first tag that a rule holds, unless that is overruled.
 *
 * There is always an entry, also with a retention of nothing: what a repository holds may be more than one transaction takes
 * away, and the entry is what the purge goes by.
 */
export async function deleteRepository(
  database: Database,
  { repository, actor, overrulesTagRules = false, runId }: RepositoryDeletion,
  { trashSeconds }: DeletionTerms,
): Promise<string> {
  return database.transaction(async (tx) => {
    const [was] = await tx.$queryRaw<{ namespaceId: string; path: string; name: RepositoryName }[]>`
      SELECT namespace_id AS "namespaceId", path, name FROM repository
      WHERE id = ${repository.id}::uuid AND deleted_at IS NULL FOR UPDATE`;
    if (!was) throw new RepositoryGoneError();
    const { namespaceId, path, name } = was;
    const immutable = await immutableContent(tx, { namespaceId, repositoryId: repository.id });
    if (immutable.refusal && !overrulesTagRules) throw immutable.refusal;
    const contents = { ...(await contentsOf(tx, repository.id)), immutableTags: immutable.tags };
    const reserved = await endUploads(tx, repository.id);
    await tx.repositoryTransfer.deleteMany({ where: { repositoryId: repository.id } });
    await tx.$executeRaw`
      UPDATE repository SET deleted_at = now(), path = '~' || id, name = '~' || id WHERE id = ${repository.id}::uuid`;
    const entry = { kind: 'repository' as const, repositoryId: repository.id, name: path, held: contents };
    const [entryId] = await putInTrash(tx, { namespaceId, actor, trashSeconds, runId }, [entry]);
    const detail = { ...contents, ...(runId === undefined ? {} : { run: runId }) };
    await recordAudit(tx, { actor, action: 'repository.delete', namespaceId, target: name, detail });
    await changeReservation(tx, namespaceId, -reserved);
    if (entryId === undefined) throw new Error('an entry that was made has an id');
    return entryId;
  });
}

/** For people: how much it is that they may restore. */
async function contentsOf(tx: Db, repositoryId: string): Promise<Omit<Contents, 'immutableTags'>> {
  const [contents] = await tx.$queryRaw<Contents[]>`
    SELECT (SELECT count(*)::int FROM tag WHERE repository_id = ${repositoryId}::uuid) AS tags,
           (SELECT count(*)::int FROM manifest WHERE repository_id = ${repositoryId}::uuid AND deleted_at IS NULL)
             AS manifests,
           ((SELECT coalesce(sum(b.size), 0) FROM repository_blob l JOIN blob b ON b.digest = l.digest
             WHERE l.repository_id = ${repositoryId}::uuid)
            + (SELECT coalesce(sum(payload_size), 0) FROM manifest WHERE repository_id = ${repositoryId}::uuid))::float8
             AS "sizeBytes"`;
  return contents ?? { tags: 0, manifests: 0, sizeBytes: 0 };
}

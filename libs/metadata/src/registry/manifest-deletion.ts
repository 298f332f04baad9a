import type { Digest, TagName } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { refuseImmutable } from '../tag-rules/immutable-tags.js';
import type { DeletionTerms } from '../trash/deletion-terms.js';
import { putInTrash } from '../trash/trash-rows.js';
import { removeCharge } from './charges.js';
import { pinNamespace, type RepositoryRecord } from './repository-store.js';
import { type ReviewDelay, reviewLinks, reviewManifests } from './reviews.js';

export type DeleteManifestOutcome =
  /** `entryId`: where it can be restored from; null when it is gone for good. */
  | { readonly outcome: 'deleted'; readonly tags: readonly TagName[]; readonly entryId: string | null }
  | { readonly outcome: 'unknown' }
  /** An index of the repository needs it; deleting it would break a pull. */
  | { readonly outcome: 'in use'; readonly parent: Digest };

export interface ManifestRemoval {
  readonly repository: RepositoryRecord;
  readonly digest: Digest;
  readonly actor: Actor;
  /** The run that does it, for people and for its undo. */
  readonly runId?: string | undefined;
}

/**
 * Removes a manifest and all tags that point at it. In the trash it is invisible, and its rows and what it needs stay; what
 * is purged leaves its blobs linked until garbage collection has looked. Throws `RepositoryGoneError`, and
 * `ImmutableTagError` when a rule holds one of the tags.
 */
export async function deleteManifest(
  database: Database,
  removal: ManifestRemoval,
  terms: DeletionTerms,
): Promise<DeleteManifestOutcome> {
  const { repository, digest } = removal;
  return database.transaction(async (tx) => {
    const [found] = await tx.$queryRaw<{ sizeBytes: number; isNeeded: boolean }[]>`
      SELECT content_size::float8 AS "sizeBytes",
             EXISTS (SELECT 1 FROM manifest_child c
                     WHERE c.repository_id = m.repository_id AND c.child_digest = m.digest) AS "isNeeded"
      FROM manifest m
      WHERE repository_id = ${repository.id}::uuid AND digest = ${digest} AND deleted_at IS NULL FOR UPDATE`;
    if (!found) return { outcome: 'unknown' };
    await pinNamespace(tx, repository);
    const parent = await findParent(tx, repository.id, digest);
    if (parent !== undefined) return { outcome: 'in use', parent };
    await refuseImmutable(tx, repository, await tagsAt(tx, repository.id, digest));
    const { trashSeconds, delay } = terms;
    // An index in the trash may be restored with all that it names: its children don't go for good before it.
    const keptSeconds = trashSeconds === 0 && found.isNeeded ? 1 : trashSeconds;
    if (keptSeconds > 0) return trashManifest(tx, removal, { trashSeconds: keptSeconds, sizeBytes: found.sizeBytes });
    const { tags } = await eraseManifest(tx, removal, { action: 'manifest.delete', delay });
    return { outcome: 'deleted', tags, entryId: null };
  });
}

/** The manifest is locked: no tag is pointed at it meanwhile. */
async function tagsAt(tx: Db, repositoryId: string, digest: Digest): Promise<{ tag: TagName; digest: Digest }[]> {
  const tags = await tx.tag.findMany({
    where: { repositoryId, digest },
    select: { name: true },
    orderBy: { name: 'asc' },
  });
  return tags.map(({ name }) => ({ tag: name as TagName, digest }));
}

/** An index that lists the manifest and is not in the trash; one that was pushed before its child counts as well. */
async function findParent(tx: Db, repositoryId: string, digest: Digest): Promise<Digest | undefined> {
  const parent = { deletedAt: null };
  const child = await tx.manifestChild.findFirst({ where: { repositoryId, childDigest: digest, parent } });
  if (child) return child.parentDigest as Digest;
  const absent = await tx.absentReference.findFirst({ where: { repositoryId, digest, manifest: parent } });
  return absent?.manifestDigest as Digest | undefined;
}

/** Its rows stay: what it names is needed by it as before. */
async function trashManifest(
  tx: Db,
  { repository, digest, actor, runId }: ManifestRemoval,
  { trashSeconds, sizeBytes }: { readonly trashSeconds: number; readonly sizeBytes: number },
): Promise<DeleteManifestOutcome> {
  const { id: repositoryId, namespaceId } = repository;
  const tags = await removeTagsOf(tx, { repository, digest, actor });
  await tx.$executeRaw`
    UPDATE manifest SET deleted_at = now() WHERE repository_id = ${repositoryId}::uuid AND digest = ${digest}`;
  const entry = { kind: 'manifest' as const, repositoryId, name: digest, digest, held: { tags, sizeBytes } };
  const [entryId = null] = await putInTrash(tx, { namespaceId, actor, trashSeconds, runId }, [entry]);
  const detail = { tags: [...tags], ...(runId === undefined ? {} : { run: runId }) };
  await recordAudit(tx, {
    actor,
    action: 'manifest.delete',
    namespaceId,
    target: `${repository.name}@${digest}`,
    detail,
  });
  return { outcome: 'deleted', tags, entryId };
}

async function removeTagsOf(tx: Db, { repository, digest, actor }: ManifestRemoval): Promise<TagName[]> {
  const tags = await tx.$queryRaw<{ name: TagName }[]>`
    DELETE FROM tag WHERE repository_id = ${repository.id}::uuid AND digest = ${digest} RETURNING name`;
  await tx.$executeRaw`
    INSERT INTO tag_event (repository_id, name, digest, previous_digest, actor)
    SELECT ${repository.id}::uuid, name, NULL, ${digest}, ${actor.name}
    FROM unnest(${tags.map(({ name }) => name)}::text[]) AS t (name)`;
  return tags.map(({ name }) => name);
}

/** What went with a manifest, and what it may have left behind. */
export interface Erased {
  readonly tags: readonly TagName[];
  /** Its children and referrers. */
  readonly manifests: readonly Digest[];
  readonly blobs: readonly Digest[];
}

/**
 * The rows of a manifest that this transaction has locked, with its repository, and that no index needs. What only it has
 * held is queued: its children, its referrers, its blobs.
 */
export async function eraseManifest(
  tx: Db,
  { repository, digest, actor }: ManifestRemoval,
  { action, delay }: { readonly action: string; readonly delay: ReviewDelay },
): Promise<Erased> {
  const repositoryId = repository.id;
  const children = await tx.manifestChild.findMany({ where: { repositoryId, parentDigest: digest } });
  const referrers = await tx.manifest.findMany({
    where: { repositoryId, subjectDigest: digest },
    select: { digest: true },
  });
  const blobs = await tx.manifestBlob.findMany({ where: { repositoryId, manifestDigest: digest } });
  // Of a sparse manifest: may have arrived since, as blobs or as manifests.
  const absent = (await tx.absentReference.findMany({ where: { repositoryId, manifestDigest: digest } })).map(
    (reference) => reference.digest,
  );
  const tags = await removeTagsOf(tx, { repository, digest, actor });
  await tx.manifest.delete({ where: { repositoryId_digest: { repositoryId, digest } } });
  const orphans = [
    ...children.map(({ childDigest }) => childDigest),
    ...referrers.map((referrer) => referrer.digest),
    ...absent,
  ];
  await reviewManifests(tx, { repositoryId, digests: orphans as Digest[] }, { event: 'manifest deleted', delay });
  const unneeded = [...blobs.map(({ blobDigest }) => blobDigest), ...absent];
  await reviewLinks(tx, { repositoryId, digests: unneeded as Digest[] }, { event: 'manifest deleted', delay });
  const target = `${repository.name}@${digest}`;
  const detail = { tags: [...tags] };
  await recordAudit(tx, { actor, action, namespaceId: repository.namespaceId, target, detail });
  await removeCharge(tx, { namespaceId: repository.namespaceId, digest });
  return { tags, manifests: orphans as Digest[], blobs: unneeded as Digest[] };
}

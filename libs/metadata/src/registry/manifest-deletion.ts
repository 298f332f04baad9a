import type { Digest, TagName } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { refuseImmutable } from '../tag-rules/immutable-tags.js';
import { removeCharge } from './charges.js';
import { pinNamespace, type RepositoryRecord } from './repository-store.js';
import { type ReviewDelay, reviewLinks, reviewManifests } from './reviews.js';

export type DeleteManifestOutcome =
  | { readonly outcome: 'deleted'; readonly tags: readonly TagName[] }
  | { readonly outcome: 'unknown' }
  /** An index of the repository needs it; deleting it would break a pull. */
  | { readonly outcome: 'in use'; readonly parent: Digest };

export interface ManifestRemoval {
  readonly repository: RepositoryRecord;
  readonly digest: Digest;
  readonly actor: Actor;
}

/**
 * Removes a manifest and all tags that point at it. Its blobs stay linked until garbage collection has looked. Throws
 * `ImmutableTagError` when a rule holds one of the tags.
 */
export async function deleteManifest(
  database: Database,
  removal: ManifestRemoval,
  delay: ReviewDelay,
): Promise<DeleteManifestOutcome> {
  const { repository, digest } = removal;
  return database.transaction(async (tx) => {
    const locked = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM manifest WHERE repository_id = ${repository.id}::uuid AND digest = ${digest} FOR UPDATE`;
    if (locked.length === 0) return { outcome: 'unknown' };
    const parent = await findParent(tx, repository.id, digest);
    if (parent !== undefined) return { outcome: 'in use', parent };
    await refuseImmutable(tx, repository, await tagsAt(tx, repository.id, digest));
    return { outcome: 'deleted', tags: await eraseManifest(tx, removal, { action: 'manifest.delete', delay }) };
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

/** An index that lists the manifest; one that was pushed before its child counts as well. */
async function findParent(tx: Db, repositoryId: string, digest: Digest): Promise<Digest | undefined> {
  const child = await tx.manifestChild.findFirst({ where: { repositoryId, childDigest: digest } });
  const parent =
    child?.parentDigest ?? (await tx.absentReference.findFirst({ where: { repositoryId, digest } }))?.manifestDigest;
  return parent as Digest | undefined;
}

/**
 * The rows of a manifest that this transaction has locked and that no index needs. What only it has held is queued: its
 * children, its referrers, its blobs. Returns the tags that went with it.
 */
export async function eraseManifest(
  tx: Db,
  { repository, digest, actor }: ManifestRemoval,
  { action, delay }: { readonly action: string; readonly delay: ReviewDelay },
): Promise<readonly TagName[]> {
  const repositoryId = repository.id;
  await pinNamespace(tx, repository);
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
  const tags = await tx.$queryRaw<{ name: TagName }[]>`
    DELETE FROM tag WHERE repository_id = ${repositoryId}::uuid AND digest = ${digest} RETURNING name`;
  await tx.$executeRaw`
    INSERT INTO tag_event (repository_id, name, digest, previous_digest, actor)
    SELECT ${repositoryId}::uuid, name, NULL, ${digest}, ${actor.name}
    FROM unnest(${tags.map(({ name }) => name)}::text[]) AS t (name)`;
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
  const detail = { tags: tags.map(({ name }) => name as string) };
  await recordAudit(tx, { actor, action, namespaceId: repository.namespaceId, target, detail });
  await removeCharge(tx, { namespaceId: repository.namespaceId, digest });
  return tags.map(({ name }) => name);
}

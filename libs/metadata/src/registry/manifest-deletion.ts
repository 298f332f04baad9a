import type { Digest, TagName } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { removeCharge } from './charges.js';
import type { RepositoryRecord } from './repository-store.js';
import { type ReviewDelay, reviewBlobs, reviewManifests } from './reviews.js';

export type DeleteManifestOutcome =
  | { readonly outcome: 'deleted'; readonly tags: readonly TagName[] }
  | { readonly outcome: 'unknown' }
  /** An index of the repository needs it; deleting it would break a pull. */
  | { readonly outcome: 'in use'; readonly parent: Digest };

/** Removes a manifest and all tags that point at it. Its blobs stay linked until garbage collection has looked. */
export async function deleteManifest(
  database: Database,
  input: { readonly repository: RepositoryRecord; readonly digest: Digest; readonly actor: Actor },
  delay: ReviewDelay,
): Promise<DeleteManifestOutcome> {
  const { repository, digest, actor } = input;
  return database.transaction(async (tx) => {
    const locked = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM manifest WHERE repository_id = ${repository.id}::uuid AND digest = ${digest} FOR UPDATE`;
    if (locked.length === 0) return { outcome: 'unknown' };
    const key = { repositoryId: repository.id };
    const parent = await tx.manifestChild.findFirst({ where: { ...key, childDigest: digest } });
    if (parent) return { outcome: 'in use', parent: parent.parentDigest as Digest };
    const children = await tx.manifestChild.findMany({ where: { ...key, parentDigest: digest } });
    const blobs = await tx.manifestBlob.findMany({ where: { ...key, manifestDigest: digest } });
    const tags = await tx.$queryRaw<{ name: TagName }[]>`
      DELETE FROM tag WHERE repository_id = ${repository.id}::uuid AND digest = ${digest} RETURNING name`;
    await tx.$executeRaw`
      INSERT INTO tag_event (repository_id, name, digest, previous_digest, actor)
      SELECT ${repository.id}::uuid, name, NULL, ${digest}, ${actor.username}
      FROM unnest(${tags.map(({ name }) => name)}::text[]) AS t (name)`;
    await tx.manifest.delete({ where: { repositoryId_digest: { ...key, digest } } });
    await reviewManifests(
      tx,
      { ...key, digests: children.map(({ childDigest }) => childDigest as Digest) },
      { event: 'parent deleted', delay },
    );
    await reviewBlobs(
      tx,
      blobs.map(({ blobDigest }) => blobDigest as Digest),
      { event: 'manifest deleted', delay },
    );
    const target = `${repository.name}@${digest}`;
    const detail = { tags: tags.map(({ name }) => name as string) };
    await recordAudit(tx, { actor, action: 'manifest.delete', namespaceId: repository.namespaceId, target, detail });
    await removeCharge(tx, { namespaceId: repository.namespaceId, digest });
    return { outcome: 'deleted', tags: tags.map(({ name }) => name) };
  });
}

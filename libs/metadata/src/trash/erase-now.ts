import type { Digest } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { needOf } from '../collection/manifest-need.js';
import type { Db } from '../database.js';
import { removeCharges } from '../registry/charges.js';
import { eraseManifest } from '../registry/manifest-deletion.js';
import type { RepositoryRecord } from '../registry/repository-store.js';
import type { ReviewDelay } from '../registry/reviews.js';

/** So many manifests go at once; what an even larger family leaves is collected like other garbage. */
const MAX_MANIFESTS = 200;

export interface Erasure {
  readonly repository: RepositoryRecord;
  readonly digests: readonly Digest[];
  readonly actor: Actor;
  /** Of what can't go at once. */
  readonly delay: ReviewDelay;
}

/**
 * Frees manifests that nothing needs, what only they held, and the blobs that no manifest of the repository needs then, in
 * this transaction and without the delay of garbage collection: somebody wants it gone now. A push that counts on one of
 * the blobs is told that it is missing, and sends it again.
 */
export async function eraseNow(tx: Db, { repository, digests, actor, delay }: Erasure): Promise<void> {
  const queue = [...digests];
  const seen = new Set<Digest>();
  const blobs = new Set<Digest>();
  for (let digest = queue.shift(); digest !== undefined && seen.size < MAX_MANIFESTS; digest = queue.shift()) {
    if (seen.has(digest) || !(await isFree(tx, repository, digest))) continue;
    seen.add(digest);
    const left = await eraseManifest(tx, { repository, digest, actor }, { action: 'manifest.collect', delay });
    queue.push(...left.manifests);
    for (const blob of left.blobs) blobs.add(blob);
  }
  await unlinkUnneeded(tx, repository, [...blobs].sort());
}

async function isFree(tx: Db, { id: repositoryId }: RepositoryRecord, digest: Digest): Promise<boolean> {
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM manifest WHERE repository_id = ${repositoryId}::uuid AND digest = ${digest} FOR UPDATE`;
  if (locked.length === 0) return false;
  const { isNeeded, keptUntil } = await needOf(tx, { repositoryId, digest });
  return !isNeeded && keptUntil === null;
}

/** Links that a push holds just now are left to their review. */
async function unlinkUnneeded(tx: Db, repository: RepositoryRecord, digests: readonly Digest[]): Promise<void> {
  if (digests.length === 0) return;
  const locked = await tx.$queryRaw<{ digest: Digest }[]>`
    SELECT digest FROM repository_blob
    WHERE repository_id = ${repository.id}::uuid AND digest = ANY (${digests}::text[])
    ORDER BY digest FOR UPDATE SKIP LOCKED`;
  // A statement of its own, so that it sees what was committed before the locks were there.
  const gone = await tx.$queryRaw<{ digest: Digest }[]>`
    DELETE FROM repository_blob l
    WHERE l.repository_id = ${repository.id}::uuid AND l.digest = ANY (${locked.map(({ digest }) => digest)}::text[])
      AND NOT EXISTS (SELECT 1 FROM manifest_blob m WHERE m.repository_id = l.repository_id AND m.blob_digest = l.digest)
      AND NOT EXISTS (SELECT 1 FROM absent_reference a WHERE a.repository_id = l.repository_id AND a.digest = l.digest)
    RETURNING l.digest`;
  const { namespaceId } = repository;
  await removeCharges(
    tx,
    gone.map(({ digest }) => ({ namespaceId, digest })),
  );
}

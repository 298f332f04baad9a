import type { Digest } from '@stowage/oci';
import type { Statements } from '../statements.js';

interface RepositoryDigests {
  readonly repositoryId: string;
  readonly digests: readonly string[];
}

/** A link that only the trash needs: nobody sees the blob through it, and its bytes stay charged. The caller has locked it. */
export async function hideLink(tx: Statements, repositoryId: string, digest: Digest): Promise<void> {
  await tx.$executeRaw`
    UPDATE repository_blob SET deleted_at = now() WHERE repository_id = ${repositoryId}::uuid AND digest = ${digest}`;
}

/** The blob was pushed or mounted again. Writes nothing when the link was visible all the time. */
export async function revealLink(tx: Statements, repositoryId: string, digest: Digest): Promise<void> {
  await tx.$executeRaw`
    UPDATE repository_blob SET deleted_at = NULL
    WHERE repository_id = ${repositoryId}::uuid AND digest = ${digest} AND deleted_at IS NOT NULL`;
}

/** What these manifests name is seen again, because they are. In digest order, like every lock of links. */
export async function revealLinksOf(tx: Statements, { repositoryId, digests }: RepositoryDigests): Promise<void> {
  await tx.$executeRaw`
    WITH hidden AS (
      SELECT l.repository_id, l.digest FROM repository_blob l
      WHERE l.repository_id = ${repositoryId}::uuid AND l.deleted_at IS NOT NULL AND l.digest IN (
        SELECT m.blob_digest FROM manifest_blob m
        WHERE m.repository_id = ${repositoryId}::uuid AND m.manifest_digest = ANY (${digests}::text[]))
      ORDER BY l.digest FOR NO KEY UPDATE
    )
    UPDATE repository_blob l SET deleted_at = NULL FROM hidden h
    WHERE l.repository_id = h.repository_id AND l.digest = h.digest`;
}

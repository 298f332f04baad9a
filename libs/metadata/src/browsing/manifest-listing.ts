import type { Digest, ManifestMediaType } from '@stowage/oci';
import type { Database } from '../database.js';
import type { ImagePlatform } from '../registry/manifest-push.js';

export interface ManifestListing {
  readonly digest: Digest;
  readonly mediaType: ManifestMediaType;
  readonly kind: 'image' | 'index' | 'artifact';
  readonly artifactType: string | null;
  readonly platform: ImagePlatform | null;
  readonly payload: Uint8Array;
  readonly sizeBytes: number;
  readonly pushedAt: Date;
  readonly pushedBy: string | null;
  readonly tags: string[];
}

const SELECT = `
  SELECT m.digest, m.media_type AS "mediaType", m.kind, m.artifact_type AS "artifactType", m.platform, m.payload,
    m.content_size::float8 AS "sizeBytes", m.pushed_at AS "pushedAt", m.pushed_by AS "pushedBy",
    ARRAY(SELECT t.name FROM tag t WHERE t.repository_id = m.repository_id AND t.digest = m.digest
          ORDER BY t.name LIMIT 50) AS tags
  FROM manifest m WHERE m.repository_id = $1 AND m.deleted_at IS NULL`;

/** Manifests as the dashboard shows them. The caller has checked that the repository may be seen. */
export class ManifestListings {
  constructor(private readonly database: Database) {}

  async find(repositoryId: string, digest: Digest): Promise<ManifestListing | undefined> {
    const [row] = await this.database.prepared<ManifestListing>('manifest_listing', `${SELECT} AND m.digest = $2`, [
      repositoryId,
      digest,
    ]);
    return row;
  }

  /** Those of the digests that the repository holds. */
  async listByDigest(repositoryId: string, digests: readonly Digest[]): Promise<ManifestListing[]> {
    return this.database.prepared<ManifestListing>('manifest_listing_many', `${SELECT} AND m.digest = ANY ($2)`, [
      repositoryId,
      digests,
    ]);
  }
}

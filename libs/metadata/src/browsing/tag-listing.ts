import { type Digest, type ManifestMediaType, REFERRERS_TAG_PATTERN, type TagName } from '@stowage/oci';
import type { Database } from '../database.js';
import type { ImagePlatform } from '../registry/manifest-push.js';

export interface TagListing {
  readonly name: TagName;
  readonly digest: Digest;
  readonly mediaType: ManifestMediaType;
  readonly kind: 'image' | 'index' | 'artifact';
  readonly platform: ImagePlatform | null;
  readonly payload: Uint8Array;
  readonly configDigest: Digest | null;
  readonly sizeBytes: number;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
}

const COLUMNS = `
  SELECT t.name, m.digest, m.media_type AS "mediaType", m.kind, m.platform, m.payload, m.config_digest AS "configDigest",
    m.content_size::float8 AS "sizeBytes", t.updated_at AS "updatedAt", t.updated_by AS "updatedBy"`;

/** The tags are cut at the page before their manifests are looked up: a join first would sort all of them. */
const LIST = `${COLUMNS}
  FROM (SELECT * FROM tag WHERE repository_id = $1 AND name > $2 AND name !~ $4 ORDER BY name LIMIT $3) t
  JOIN manifest m ON m.repository_id = t.repository_id AND m.digest = t.digest
  ORDER BY t.name`;

const FIND = `${COLUMNS}
  FROM tag t JOIN manifest m ON m.repository_id = t.repository_id AND m.digest = t.digest
  WHERE t.repository_id = $1 AND t.name = $2`;

/**
 * Tags as the dashboard lists them: those of the referrers tag schema are no versions of anything, so they are found by name
 * only. The caller has checked that the repository may be seen.
 */
export class TagListings {
  constructor(private readonly database: Database) {}

  async list(repositoryId: string, page: { last: string; limit: number }): Promise<TagListing[]> {
    const { last, limit } = page;
    return this.database.prepared<TagListing>('tag_listing', LIST, [repositoryId, last, limit, REFERRERS_TAG_PATTERN]);
  }

  async find(repositoryId: string, name: TagName): Promise<TagListing | undefined> {
    const [row] = await this.database.prepared<TagListing>('tag_listing_find', FIND, [repositoryId, name]);
    return row;
  }
}

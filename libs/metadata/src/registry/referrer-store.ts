import { type Digest, type RepositoryName, referrersTag } from '@stowage/oci';
import type { Database } from '../database.js';
import { namedRepository } from '../tenancy/name-sql.js';

/** A manifest that refers to the subject asked for, as a descriptor needs it. */
export interface ReferrerRecord {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly size: number;
  readonly artifactType: string | null;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ReferrerPage {
  /** Digests after this one. */
  readonly last: string;
  readonly limit: number;
  /** Undefined: all types. */
  readonly artifactType: string | undefined;
}

const COLUMNS = 'm.digest, m.media_type, m.payload_size, m.artifact_type, m.annotations';
const PAGE = 'm.deleted_at IS NULL AND m.digest > $3 AND ($5::text IS NULL OR m.artifact_type = $5)';

/**
 * One query for a page: on the index of subjects, and the children of the index that a client keeps under the tag of the
 * referrers tag schema. A child with a subject is found by that alone, whatever lists it.
 */
const LIST = `
  WITH r AS (SELECT ${namedRepository('$1')} AS id), found AS (
    (SELECT ${COLUMNS} FROM r JOIN manifest m ON m.repository_id = r.id AND m.subject_digest = $2
     WHERE ${PAGE} ORDER BY m.digest LIMIT $4)
    UNION ALL
    (SELECT ${COLUMNS} FROM r
     JOIN tag t ON t.repository_id = r.id AND t.name = $6
     JOIN manifest_child c ON c.repository_id = r.id AND c.parent_digest = t.digest
     JOIN manifest m ON m.repository_id = r.id AND m.digest = c.child_digest AND m.subject_digest IS NULL
     WHERE ${PAGE} ORDER BY m.digest LIMIT $4)
  )
  SELECT digest, media_type AS "mediaType", payload_size AS size, artifact_type AS "artifactType", annotations
  FROM found ORDER BY digest LIMIT $4`;

export class ReferrerStore {
  constructor(private readonly database: Database) {}

  /** Referrers of a subject, which need not exist itself, in byte order of their digests. */
  async list(name: RepositoryName, subject: Digest, page: ReferrerPage): Promise<ReferrerRecord[]> {
    return this.database.prepared<ReferrerRecord>('referrer_list', LIST, [
      name,
      subject,
      page.last,
      page.limit,
      page.artifactType ?? null,
      referrersTag(subject),
    ]);
  }
}

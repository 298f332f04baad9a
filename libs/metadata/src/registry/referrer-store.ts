import type { Digest, RepositoryName } from '@stowage/oci';
import type { Database } from '../database.js';

/** A manifest whose `subject` is the one asked for, as a descriptor needs it. */
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

/** One query for a page, on the index of subjects. */
const LIST = `
  SELECT m.digest, m.media_type AS "mediaType", m.payload_size AS size, m.artifact_type AS "artifactType", m.annotations
  FROM repository r JOIN manifest m ON m.repository_id = r.id AND m.subject_digest = $2
  WHERE r.name = $1 AND m.digest > $3 AND ($5::text IS NULL OR m.artifact_type = $5)
  ORDER BY m.digest LIMIT $4`;

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
    ]);
  }
}

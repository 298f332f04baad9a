import { type Digest, type TagName } from '@stowage/oci';
import { type JudgeableTag, LIST_OF_REFERRERS } from '@stowage/retention';
import type { Database } from '../database.js';

/** A tag as it was seen: what is deleted by it has to be the same then. */
export interface CandidateTag extends JudgeableTag {
  readonly name: TagName;
  readonly digest: Digest;
  readonly repositoryId: string;
  /** Microseconds of the Unix epoch: finer than a `Date`. */
  readonly pushedAtMicros: number;
}

const COLUMNS = `
  SELECT t.repository_id AS "repositoryId", t.name, t.digest, t.updated_at AS "pushedAt", p.pulled_at AS "pulledAt",
    (extract(epoch FROM t.updated_at) * 1000000)::float8 AS "pushedAtMicros",
    EXISTS (SELECT 1 FROM manifest_child c WHERE c.repository_id = t.repository_id AND c.child_digest = t.digest)
      AS "inIndex"`;

const LIST = `${COLUMNS}
  FROM tag t LEFT JOIN manifest_pull p ON p.repository_id = t.repository_id AND p.digest = t.digest
  WHERE t.repository_id = $1 AND t.name !~ $3
  ORDER BY t.name LIMIT $2`;

/** Tags as a policy judges them. Lists of referrers are none: they go with what they refer to. */
export class RetentionCandidates {
  constructor(private readonly database: Database) {}

  /** By name, `limit` at most. */
  async list(repositoryId: string, limit: number): Promise<CandidateTag[]> {
    const values = [repositoryId, limit, LIST_OF_REFERRERS.source];
    return this.database.prepared<CandidateTag & object>('retention_candidates', LIST, values);
  }
}

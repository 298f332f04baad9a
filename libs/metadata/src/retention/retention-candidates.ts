import type { Digest, TagName } from '@stowage/oci';
import { type JudgeableTag, LIST_OF_REFERRERS } from '@stowage/retention';
import type { Database } from '../database.js';
import type { Statements } from '../statements.js';

/** A tag as it was seen: what is deleted by it has to be the same then. */
export interface CandidateTag extends JudgeableTag {
  readonly name: TagName;
  readonly digest: Digest;
  /** Microseconds of the Unix epoch: finer than a `Date`. */
  readonly pushedAtMicros: number;
}

/** Tags as a policy judges them. Lists of referrers are none: they go with what they refer to. */
export class RetentionCandidates {
  constructor(private readonly database: Database) {}

  /**
   * By name, `limit` at most. Of many tags few columns, and what was pulled and what indexes name apart: most repositories have
   * little of either, and a join that the planner thinks small costs the product of both.
   */
  async list(repositoryId: string, limit: number): Promise<CandidateTag[]> {
    const [rows, pulls, children] = await this.database.statements(async (tx) =>
      Promise.all([tagsOf(tx, repositoryId, limit), pullsOf(tx, repositoryId), childrenOf(tx, repositoryId)]),
    );
    return rows.map(({ name, digest, pushedAtMicros }) => ({
      name,
      digest,
      pushedAtMicros,
      pushedAt: new Date(pushedAtMicros / 1000),
      pulledAt: pulls.get(digest) ?? null,
      inIndex: children.has(digest),
    }));
  }
}

type TagRow = Pick<CandidateTag, 'name' | 'digest' | 'pushedAtMicros'>;

/** The pattern is asked of those alone that begin as it does: it takes longer than to read the row. */
async function tagsOf(tx: Statements, repositoryId: string, limit: number): Promise<TagRow[]> {
  return tx.$queryRaw<TagRow[]>`
    SELECT t.name, t.digest, (extract(epoch FROM t.updated_at) * 1000000)::float8 AS "pushedAtMicros" FROM tag t
    WHERE t.repository_id = ${repositoryId}::uuid AND (t.name NOT LIKE 'sha%' OR t.name !~ ${LIST_OF_REFERRERS.source})
    ORDER BY t.name LIMIT ${limit}::int`;
}

async function pullsOf(tx: Statements, repositoryId: string): Promise<Map<Digest, Date>> {
  const rows = await tx.$queryRaw<{ digest: Digest; pulledAt: Date }[]>`
    SELECT digest, pulled_at AS "pulledAt" FROM manifest_pull WHERE repository_id = ${repositoryId}::uuid`;
  return new Map(rows.map(({ digest, pulledAt }) => [digest, pulledAt]));
}

async function childrenOf(tx: Statements, repositoryId: string): Promise<Set<Digest>> {
  const rows = await tx.$queryRaw<{ digest: Digest }[]>`
    SELECT DISTINCT child_digest AS digest FROM manifest_child WHERE repository_id = ${repositoryId}::uuid`;
  return new Set(rows.map(({ digest }) => digest));
}

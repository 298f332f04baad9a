import type { RetentionPolicy } from '@stowage/contracts';
import { type Digest, pathInNamespace, type TagName } from '@stowage/oci';
import { describeRule, guardsOf } from '@stowage/retention';
import { SYSTEM_ACTOR } from '../actor.js';
import type { Database } from '../database.js';
import type { Statements } from '../statements.js';
import type { RepositoryRecord } from '../registry/repository-store.js';
import { rulesInForce } from '../tag-rules/immutable-tags.js';
import type { DeletionTerms } from '../trash/deletion-terms.js';
import { deleteTagsWithin } from '../trash/tag-deletion.js';
import type { CandidateTag } from './retention-candidates.js';
import type { RetentionScope } from './retention-policy-store.js';

/** A tag that a policy lets go, by which of its rules. */
export interface DoomedTag extends CandidateTag {
  readonly rule: number;
}

export interface RetentionBatch {
  readonly runId: string;
  readonly repository: RepositoryRecord;
  /** The policy by which the tags were judged, and when it was said. */
  readonly scope: Pick<RetentionScope, 'kind' | 'id'>;
  readonly policy: RetentionPolicy;
  readonly policyUpdatedAt: Date;
  /** A hundred at most: they are locked together. What comes back are the same objects. */
  readonly tags: readonly DoomedTag[];
}

export type BatchOutcome =
  | { readonly kind: 'done'; readonly deleted: readonly DoomedTag[] }
  /** Somebody has changed the policy since the tags were judged; nothing was deleted. */
  | { readonly kind: 'outdated' };

/** Deletes what a retention policy lets go, as people delete tags: into the trash, if there is one. */
export class RetentionDeletion {
  constructor(
    private readonly database: Database,
    private readonly terms: DeletionTerms,
  ) {}

  /**
   * One transaction. A tag goes if it is what was judged, to the microsecond of its push, and no guard holds it by now: one that
   * was pushed, made immutable or pulled since stays (R4). Each has its result.
   */
  async delete(batch: RetentionBatch): Promise<BatchOutcome> {
    return this.database.statements(async (tx) => {
      if (!(await isInForce(tx, batch))) return { kind: 'outdated' };
      const judged = await judgeAgain(tx, batch);
      const deleted = judged.filter(({ outcome }) => outcome === 'deleted').map(({ tag }) => tag);
      await this.#delete(tx, batch, deleted);
      await writeResults(tx, batch, judged);
      return { kind: 'done', deleted };
    });
  }

  /** Those that went, which are all of them: they are locked. */
  async #delete(tx: Statements, { repository, runId, policy }: RetentionBatch, tags: readonly DoomedTag[]) {
    for (const [rule, group] of Map.groupBy(tags, (tag) => tag.rule)) {
      const deletion = {
        repository,
        tags: group,
        actor: SYSTEM_ACTOR,
        runId,
        reason: { rule: ruleWords(policy, rule) },
      };
      await deleteTagsWithin(tx, deletion, this.terms);
    }
  }
}

function ruleWords(policy: RetentionPolicy, at: number): string {
  const rule = policy.rules[at];
  return rule ? describeRule(rule) : '';
}

/** Nobody changes the policy before this transaction ends. */
async function isInForce(tx: Statements, { scope, policyUpdatedAt }: RetentionBatch): Promise<boolean> {
  const { kind, id } = scope;
  const rows =
    kind === 'namespace'
      ? await tx.$queryRaw<{ updatedAt: Date }[]>`
          SELECT updated_at AS "updatedAt" FROM namespace_retention WHERE namespace_id = ${id}::uuid FOR SHARE`
      : await tx.$queryRaw<{ updatedAt: Date }[]>`
          SELECT updated_at AS "updatedAt" FROM repository_retention WHERE repository_id = ${id}::uuid FOR SHARE`;
  return rows[0]?.updatedAt.getTime() === policyUpdatedAt.getTime();
}

interface JudgedAgain {
  readonly tag: DoomedTag;
  readonly outcome: string;
}

/** The tags that are still there, locked in the order of names, as pushes lock them. */
async function judgeAgain(tx: Statements, { repository, policy, tags }: RetentionBatch): Promise<JudgedAgain[]> {
  const names = tags.map(({ name }) => name);
  const rows = await tx.$queryRaw<PresentTag[]>`
    SELECT t.name, t.digest, (extract(epoch FROM t.updated_at) * 1000000)::float8 AS "pushedAtMicros",
      (SELECT p.pulled_at FROM manifest_pull p WHERE p.repository_id = t.repository_id AND p.digest = t.digest) AS "pulledAt",
      EXISTS (SELECT 1 FROM manifest_child c WHERE c.repository_id = t.repository_id AND c.child_digest = t.digest)
        AS "inIndex", now() AS now
    FROM tag t WHERE t.repository_id = ${repository.id}::uuid AND t.name = ANY (${names}::text[])
    ORDER BY t.name FOR UPDATE OF t`;
  const present = new Map(rows.map((row) => [row.name, row]));
  const { rules } = await rulesInForce(tx, repository);
  const now = rows[0]?.now ?? new Date();
  const guardOf = guardsOf(policy, { repository: pathInNamespace(repository.name), now, immutability: rules });
  return tags.flatMap((tag) => {
    const row = present.get(tag.name);
    if (!row) return [];
    const isSame = row.digest === tag.digest && row.pushedAtMicros === tag.pushedAtMicros;
    const guard = guardOf({ ...tag, pulledAt: row.pulledAt, inIndex: row.inIndex });
    return [{ tag, outcome: isSame ? (guard ?? 'deleted') : 'changed' }];
  });
}

interface PresentTag {
  readonly name: TagName;
  readonly digest: Digest;
  readonly pushedAtMicros: number;
  readonly pulledAt: Date | null;
  readonly inIndex: boolean;
  readonly now: Date;
}

async function writeResults(tx: Statements, batch: RetentionBatch, judged: readonly JudgedAgain[]): Promise<void> {
  const { repository, runId, policy } = batch;
  await tx.$executeRaw`
    INSERT INTO retention_result (namespace_id, run_id, repository, tag, digest, outcome, rule)
    SELECT ${repository.namespaceId}::uuid, ${runId}::uuid, ${pathInNamespace(repository.name)}, r.tag, r.digest, r.outcome, r.rule
    FROM unnest(
      ${judged.map(({ tag }) => tag.name)}::text[], ${judged.map(({ tag }) => tag.digest)}::text[],
      ${judged.map(({ outcome }) => outcome)}::text[], ${judged.map(({ tag }) => ruleWords(policy, tag.rule))}::text[]
    ) AS r (tag, digest, outcome, rule)`;
}

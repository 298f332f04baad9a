import type { ImmutabilityRule, TagSelector } from '@stowage/contracts';
import { type Digest, pathInNamespace, type RepositoryName, type TagName } from '@stowage/oci';
import { describeRule, ImmutabilityRules } from '@stowage/retention';
import type { RepositoryRecord } from '../registry/repository-store.js';
import type { Statements } from '../statements.js';
import { holdTagRules } from './tag-rules-lock.js';

interface TagAtDigest {
  readonly tag: TagName;
  readonly digest: Digest;
}

/** A tag may neither be moved to another digest nor deleted; nothing was changed. */
export class ImmutableTagError extends Error {
  override name = 'ImmutableTagError';
  constructor(
    readonly held: TagAtDigest,
    readonly repository: RepositoryName,
    /** The rule that holds it, as people say it, and who has it. */
    readonly rule: { readonly words: string; readonly of: 'namespace' | 'repository' },
  ) {
    super(`the tag ${held.tag} of ${repository} is immutable`);
  }
}

interface RuleRow {
  readonly rules: readonly (TagSelector & Partial<ImmutabilityRule>)[];
  readonly isOwn: boolean;
}

/**
 * In the transaction that moves tags away from a digest or deletes them, before it commits: throws `ImmutableTagError` for
 * the first one that a rule holds. A rule that is added at the same time waits for this transaction, or is seen by it (R18).
 */
export async function refuseImmutable(
  tx: Statements,
  repository: RepositoryRecord,
  tags: readonly TagAtDigest[],
): Promise<void> {
  if (tags.length === 0) return;
  const rules = await rulesInForce(tx, repository);
  const path = pathInNamespace(repository.name);
  for (const held of tags) {
    const rule = rules.rules.ruleFor({ repository: path, tag: held.tag });
    if (rule) throw new ImmutableTagError(held, repository.name, { words: describeRule(rule), of: rules.of });
  }
}

export interface RulesInForce {
  readonly rules: ImmutabilityRules;
  readonly of: 'namespace' | 'repository';
}

/** The repository's own rules, or else those of its namespace; they stay in force until the transaction ends. */
export async function rulesInForce(
  tx: Statements,
  { id, namespaceId }: Pick<RepositoryRecord, 'id' | 'namespaceId'>,
): Promise<RulesInForce> {
  await holdTagRules(tx, namespaceId);
  // A statement of its own: it sees what was there when the first one had the lock.
  const rows = await tx.$queryRaw<RuleRow[]>`
    SELECT rules, true AS "isOwn" FROM repository_immutability WHERE repository_id = ${id}::uuid
    UNION ALL
    SELECT rules, false FROM namespace_immutability WHERE namespace_id = ${namespaceId}::uuid`;
  const row = rows.find(({ isOwn }) => isOwn) ?? rows[0];
  const rules = (row?.rules ?? []).map((rule) => ({ repositories: ['**'], ...rule }));
  return { rules: new ImmutabilityRules(rules), of: row?.isOwn ? 'repository' : 'namespace' };
}

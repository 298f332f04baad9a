import type { ImmutabilityRule, TagSelector } from '@stowage/contracts';
import type { Digest, RepositoryName, TagName } from '@stowage/oci';
import { describeRule, ImmutabilityRules } from '@stowage/retention';
import type { Statements } from '../statements.js';
import { ImmutableTagError } from './immutable-tags.js';
import { holdTagRules } from './tag-rules-lock.js';

/** A namespace with all that is in it, or one of its repositories. */
export interface ContentScope {
  readonly namespaceId: string;
  /** Null: all that are not in the trash. */
  readonly repositoryId: string | null;
}

export interface ImmutableContent {
  /** How many tags a rule holds. */
  readonly tags: number;
  /** Says which rule holds which of them; undefined when there is none. */
  readonly refusal: ImmutableTagError | undefined;
}

interface RuledRepository {
  readonly id: string;
  readonly name: RepositoryName;
  readonly path: string;
  readonly rules: readonly (TagSelector & Partial<ImmutabilityRule>)[];
  readonly isOwn: boolean;
}

/** So many tags are looked at together. */
const PAGE = 10_000;

/**
 * What rules of immutable tags hold, for whoever deletes all of it at once. The rules stay in force until the transaction ends
 * (R18); repositories without one are not looked into.
 */
export async function immutableContent(tx: Statements, scope: ContentScope): Promise<ImmutableContent> {
  await holdTagRules(tx, scope.namespaceId);
  let tags = 0;
  let refusal: ImmutableTagError | undefined;
  for (const repository of await ruledRepositories(tx, scope)) {
    const rules = new ImmutabilityRules(repository.rules.map((rule) => ({ repositories: ['**'], ...rule })));
    for (let last = ''; ; ) {
      const page = await tagsAfter(tx, repository.id, last);
      for (const { name, digest } of page) {
        const rule = rules.ruleFor({ repository: repository.path, tag: name });
        if (!rule) continue;
        tags += 1;
        const of = repository.isOwn ? 'repository' : 'namespace';
        refusal ??= new ImmutableTagError({ tag: name, digest }, repository.name, { words: describeRule(rule), of });
      }
      const end = page.at(-1);
      if (!end || page.length < PAGE) break;
      last = end.name;
    }
  }
  return { tags, refusal };
}

async function ruledRepositories(
  tx: Statements,
  { namespaceId, repositoryId }: ContentScope,
): Promise<RuledRepository[]> {
  return tx.$queryRaw<RuledRepository[]>`
    SELECT r.id, r.name, r.path, coalesce(own.rules, theirs.rules) AS rules, own.rules IS NOT NULL AS "isOwn"
    FROM repository r
    LEFT JOIN repository_immutability own ON own.repository_id = r.id
    LEFT JOIN namespace_immutability theirs ON theirs.namespace_id = r.namespace_id
    WHERE r.namespace_id = ${namespaceId}::uuid AND r.deleted_at IS NULL
      AND (${repositoryId}::uuid IS NULL OR r.id = ${repositoryId}::uuid)
      AND jsonb_array_length(coalesce(own.rules, theirs.rules)) > 0
    ORDER BY r.path`;
}

async function tagsAfter(
  tx: Statements,
  repositoryId: string,
  last: string,
): Promise<{ name: TagName; digest: Digest }[]> {
  return tx.$queryRaw<{ name: TagName; digest: Digest }[]>`
    SELECT name, digest FROM tag WHERE repository_id = ${repositoryId}::uuid AND name > ${last}
    ORDER BY name LIMIT ${PAGE}::int`;
}

import type { RetentionDecision, RetentionPolicy, RetentionRule } from '@stowage/contracts';
import { type KeptTag, keptBy } from './keep.js';
import type { ImmutabilityRules } from './immutability.js';
import { type TagFilter, tagFilter } from './selector.js';

export interface Verdict {
  readonly verdict: 'keep' | 'delete';
  readonly decision: RetentionDecision;
}

/** A tag as a policy judges it. */
export interface JudgeableTag extends KeptTag {
  /** An index of the repository names its image. */
  readonly inIndex: boolean;
}

export interface Circumstances {
  /** The repository without its namespace. */
  readonly repository: string;
  readonly now: Date;
  readonly immutability: ImmutabilityRules;
}

/**
 * What a policy says about all tags of one repository, in their order. A tag goes when some rule is about it, none that is
 * about it keeps it, and no guard holds it. To leave out tags that go changes nothing for the others: what was judged in
 * part may be judged again.
 */
export function judge<Tag extends JudgeableTag>(
  policy: RetentionPolicy,
  tags: readonly Tag[],
  circumstances: Circumstances,
): Verdict[] {
  const rules = policy.rules.map((rule) => applied(rule, tags, circumstances));
  const guardOf = guardsOf(policy, circumstances);
  // Shared: a repository has hundreds of thousands of tags, and a policy says few different things.
  const byRule = policy.rules.map((_, rule) => ({ by: 'rule', rule }) as const);
  const kept = byRule.map((decision): Verdict => ({ verdict: 'keep', decision }));
  const deleted = byRule.map((decision): Verdict => ({ verdict: 'delete', decision }));
  return tags.map((tag) => {
    const keeper = rules.findIndex((rule) => rule.kept.has(tag));
    if (keeper >= 0) return kept[keeper] as Verdict;
    const first = rules.findIndex((rule) => rule.about.has(tag));
    if (first < 0) return NO_RULE;
    const guard = guardOf(tag);
    if (guard) return { verdict: 'keep', decision: { by: 'guard', guard } };
    return deleted[first] as Verdict;
  });
}

const NO_RULE: Verdict = { verdict: 'keep', decision: { by: 'no-rule' } };

function applied<Tag extends JudgeableTag>(rule: RetentionRule, tags: readonly Tag[], circumstances: Circumstances) {
  const isAbout: TagFilter = tagFilter(rule);
  const { repository, now } = circumstances;
  const scope = tags.filter(({ name }) => isAbout({ repository, tag: name }));
  const { about, kept } = keptBy(rule.keep, scope, now);
  return { about: new Set(about), kept: new Set(kept) };
}

type Guard = Extract<RetentionDecision, { by: 'guard' }>['guard'];

/** Which guard holds a tag, whatever rules say. */
export function guardsOf(
  { guards }: Pick<RetentionPolicy, 'guards'>,
  { repository, now, immutability }: Circumstances,
): (tag: JudgeableTag) => Guard | undefined {
  const pulledAfter =
    guards.pulledWithinDays === null ? Infinity : now.getTime() - guards.pulledWithinDays * 86_400_000;
  return ({ name, inIndex, pulledAt }) => {
    if (immutability.indexFor({ repository, tag: name }) >= 0) return 'immutable';
    if (guards.latest && name === 'latest') return 'latest';
    if (guards.inIndex && inIndex) return 'in-index';
    if (pulledAt !== null && pulledAt.getTime() >= pulledAfter) return 'pulled';
    return undefined;
  };
}

import type { HeldTag, ImmutabilityPreview, ImmutabilityRule } from '@stowage/contracts';
import { ImmutabilityRules, type NamedTag } from '@stowage/retention';
import { toPage } from '../cursors.js';

/** More tags of a namespace are not looked at before its rules are saved. */
export const MAX_PREVIEWED_TAGS = 100_000;

interface PreviewedPage {
  /** Key of the last entry of the page before. */
  readonly last: string;
  readonly limit: number;
}

/** What rules would hold of these tags, which are in the order of names; one more than are looked at says that there are more. */
export function previewImmutability(
  rules: readonly ImmutabilityRule[],
  found: readonly NamedTag[],
  { last, limit }: PreviewedPage,
): ImmutabilityPreview {
  const compiled = new ImmutabilityRules(rules);
  const tags = found.slice(0, MAX_PREVIEWED_TAGS);
  const held = tags.map((named) => ({ ...named, rule: compiled.indexFor(named) })).filter(({ rule }) => rule >= 0);
  const heldByRule = rules.map((_, index) => held.filter(({ rule }) => rule === index).length);
  const start = last === '' ? 0 : held.findIndex((tag) => keyOf(tag) === last) + 1;
  const page = toPage(held.slice(start, start + limit + 1), limit, { item: (tag: HeldTag) => tag, key: keyOf });
  const isComplete = found.length <= MAX_PREVIEWED_TAGS;
  return { ...page, heldByRule, heldTags: held.length, tags: tags.length, isComplete };
}

/** A tag has no colon, and neither has a repository. */
function keyOf({ repository, tag }: NamedTag): string {
  return `${repository}:${tag}`;
}

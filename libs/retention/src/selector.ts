import type { TagSelector } from '@stowage/contracts';
import { type Matcher, pathGlob, wordGlob } from './glob.js';

/** A tag of a repository, by names. */
export interface NamedTag {
  /** The repository without its namespace. */
  readonly repository: string;
  readonly tag: string;
}

/** True for the tags that every selector of a rule takes: one of its repositories, one of its tags, no exception. */
export type TagFilter = (named: NamedTag) => boolean;

export function tagFilter(rule: TagSelector & { readonly repositories?: readonly string[] }): TagFilter {
  const repositories = anyOf(rule.repositories ?? ['**'], pathGlob);
  const tags = anyOf(rule.tags, wordGlob);
  const exceptions = anyOf(rule.except, wordGlob);
  return ({ repository, tag }) => tags(tag) && !exceptions(tag) && repositories(repository);
}

/** Those of a namespace's rules that are about a repository. */
export function rulesAbout<Rule extends { readonly repositories: readonly string[] }>(
  repository: string,
  rules: readonly Rule[],
): Rule[] {
  return rules.filter(({ repositories }) => anyOf(repositories, pathGlob)(repository));
}

/** A rule in one line, as people say it: `v* except v0*, in app/**`. */
export function describeRule(rule: TagSelector & { readonly repositories?: readonly string[] }): string {
  const { tags, except, repositories = ['**'] } = rule;
  const unless = except.length > 0 ? ` except ${except.join(', ')}` : '';
  const where = repositories.includes('**') ? '' : `, in ${repositories.join(', ')}`;
  return `${tags.join(', ')}${unless}${where}`;
}

function anyOf(globs: readonly string[], compile: (glob: string) => Matcher): Matcher {
  const matchers = globs.map(compile);
  return (text) => matchers.some((matches) => matches(text));
}

import { ImmutableTagError } from '@stowage/metadata';
import { namespaceOf, OciError, pathInNamespace, type RepositoryName } from '@stowage/oci';

export interface TagRulesOwner {
  readonly repository: RepositoryName;
  /** Whose rules they are: the repository's own, or those of its namespace. */
  readonly of: 'namespace' | 'repository';
}

/** Where a person sees which rules a repository's tags have. */
export function tagRulesPageOf(publicUrl: URL, { repository, of }: TagRulesOwner): string {
  const namespace = `/n/${namespaceOf(repository)}`;
  const page = of === 'namespace' ? '/tag-rules' : `/r/${pathInNamespace(repository)}/-/tag-rules`;
  return new URL(namespace + page, publicUrl).href;
}

/**
 * What `docker push` prints for a tag that may be pushed once: which rule, and where to look. Anything else comes back as
 * it was.
 */
export function translateImmutable(error: unknown, page: (owner: TagRulesOwner) => string): unknown {
  if (!(error instanceof ImmutableTagError)) return error;
  const { held, repository, rule } = error;
  const { tag, digest } = held;
  const owner = rule.of === 'namespace' ? `namespace ${namespaceOf(repository)}` : `repository ${repository}`;
  return new OciError('DENIED', {
    message:
      `the tag ${tag} of ${repository} is immutable by the rule “${rule.words}” of the ${owner}: it stays at ${digest}. ` +
      `Use another tag, or see the rules: ${page({ repository, of: rule.of })}`,
    detail: { tag, digest, rule: rule.words },
    cause: error,
  });
}

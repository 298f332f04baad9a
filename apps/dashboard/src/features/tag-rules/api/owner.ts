/** Whose rules are shown: a namespace's, or a repository's. */
export interface RulesOwner {
  readonly namespace: string;
  /** Without the namespace; null: the namespace itself. */
  readonly repository: string | null;
}

export function keyOf({ namespace, repository }: RulesOwner, ...rest: string[]): string[] {
  return ['namespaces', namespace, 'tag-rules', repository ?? '', ...rest];
}

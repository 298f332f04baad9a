import { type AccessGrant, accessGrantSchema, GRANT_ACTIONS, type GrantAction } from '@stowage/contracts';

/** A grant while somebody writes it: the path is what follows the namespace. */
export interface GrantDraft {
  readonly path: string;
  readonly actions: readonly GrantAction[];
}

/** Every repository, to pull: what most machines need, and nothing is harmed by it. */
export const FIRST_DRAFT: GrantDraft = { path: '*', actions: ['pull'] };

export function draftsOf(namespace: string, grants: readonly AccessGrant[]): GrantDraft[] {
  return grants.map(({ repository, actions }) => ({ path: repository.slice(namespace.length + 1), actions }));
}

/** As the API wants them, in the order of the form; actions in their usual order. */
export function grantsOf(namespace: string, drafts: readonly GrantDraft[]): AccessGrant[] {
  return drafts.map(({ path, actions }) => ({
    repository: `${namespace}/${path.trim()}`,
    actions: GRANT_ACTIONS.filter((action) => actions.includes(action)),
  }));
}

/** What is wrong with each, by its place; undefined where nothing is. */
export function problemsOf(namespace: string, drafts: readonly GrantDraft[]): (string | undefined)[] {
  const grants = grantsOf(namespace, drafts);
  return grants.map((grant, index) => {
    if (grants.findIndex(({ repository }) => repository === grant.repository) < index)
      return 'This one is above already';
    const issue = accessGrantSchema.safeParse(grant).error?.issues[0];
    if (issue === undefined) return undefined;
    return issue.path[0] === 'actions'
      ? 'Choose at least one right'
      : 'Write a name, “*”, or a folder such as “team/*”';
  });
}

/** For the form that the editor is a field of: an error when a grant is wrong, or none is there and one has to be. */
export function validateGrants(
  namespace: string,
  drafts: readonly GrantDraft[],
  { needsOne = false }: { readonly needsOne?: boolean } = {},
): string | undefined {
  if (needsOne && drafts.length === 0) return 'Add at least one, or it may do nothing';
  return problemsOf(namespace, drafts).some((problem) => problem !== undefined)
    ? 'Something is wrong with what is marked above'
    : undefined;
}

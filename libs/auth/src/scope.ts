import { isRepositoryName } from '@stowage/oci';
import { type Access, CATALOG_ACCESS, mergeAccess, REGISTRY_ACTIONS, repositoryAccess } from './access.js';

/** How many scopes one token request may name. */
export const MAX_SCOPES = 32;

/** The request names more scopes than a token should carry; the token service answers 400. */
export class TooManyScopesError extends Error {
  override name = 'TooManyScopesError';

  constructor() {
    super(`a token request names ${MAX_SCOPES} scopes at most; ask for fewer repositories at a time`);
  }
}

/** `repository` or `repository(plugin)`; the class is deprecated in the token specification and means nothing here. */
const TYPE = /^([a-z0-9]+)(?:\([a-z0-9]+\))?$/;

/**
 * Reads the `scope` parameters of a token request: `type[(class)]:name:action[,action]*`, repeated, separated by spaces,
 * or both. What this registry does not know (types, actions, wildcard or malformed names) is dropped, never an error,
 * because a token may always hold less than was asked. Throws TooManyScopesError.
 */
export function parseScopes(params: readonly string[]): Access[] {
  const scopes = params.flatMap((param) => param.split(' ')).filter((scope) => scope !== '');
  if (scopes.length > MAX_SCOPES) throw new TooManyScopesError();
  return mergeAccess(scopes.flatMap((scope) => parseScope(scope) ?? []));
}

export function formatScope(access: Access): string {
  return `${access.type}:${access.name}:${access.actions.join(',')}`;
}

export function formatScopes(list: readonly Access[]): string {
  return list.map(formatScope).join(' ');
}

/** The type ends at the first colon and the actions begin after the last, because a name may hold `host:port`. */
function parseScope(scope: string): Access | undefined {
  const typeEnd = scope.indexOf(':');
  const nameEnd = scope.lastIndexOf(':');
  if (typeEnd < 0 || nameEnd === typeEnd) return undefined;
  const type = TYPE.exec(scope.slice(0, typeEnd))?.[1];
  const name = scope.slice(typeEnd + 1, nameEnd);
  const actions = new Set(scope.slice(nameEnd + 1).split(','));
  if (type === 'registry') return name === CATALOG_ACCESS.name && actions.has('*') ? CATALOG_ACCESS : undefined;
  if (type !== 'repository' || !isRepositoryName(name)) return undefined;
  // `*` asks for every action that there is on a repository; `narrow` leaves those that the caller holds.
  const known = REGISTRY_ACTIONS.filter((action) => actions.has('*') || actions.has(action));
  return known.length > 0 ? repositoryAccess(name, known) : undefined;
}

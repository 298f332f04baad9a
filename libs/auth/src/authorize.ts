import type { Grant, Role, Visibility } from '@stowage/contracts';
import type { RepositoryName } from '@stowage/oci';
import { type Access, REGISTRY_ACTIONS, type RegistryAction, repositoryAccess } from './access.js';
import { actionsOfGrants } from './grant.js';
import { actionsOfRole } from './role.js';

export type Caller = 'anonymous' | 'user';

/** All that has to be known of a repository to decide about one caller. */
export interface RepositoryStanding {
  readonly name: RepositoryName;
  readonly exists: boolean;
  /** Null when the repository does not exist. */
  readonly visibility: Visibility | null;
  /** The caller's role in the namespace; null without one, and when the namespace does not exist. */
  readonly role: Role | null;
}

/** What the credential itself limits, whatever its owner may do. */
export interface CredentialLimits {
  /** Null: no limit. An empty list allows nothing. */
  readonly grants: readonly Grant[] | null;
}

/**
 * What the caller may do with the repository: (role or visibility) ∩ grants of the credential. A repository that does
 * not exist gives an outsider the same nothing as a private one, and a member what the role gives, because a first push
 * creates it.
 */
export function allowedActions(
  standing: RepositoryStanding,
  caller: Caller,
  limits: CredentialLimits,
): readonly RegistryAction[] {
  // Nobody who has not signed in holds a role, whatever the standing says.
  const ofRole = caller === 'user' && standing.role !== null ? actionsOfRole(standing.role) : [];
  const held = isPullableByOutsiders(standing, caller) ? ['pull', ...ofRole] : ofRole;
  const limit = limits.grants === null ? REGISTRY_ACTIONS : actionsOfGrants(limits.grants, standing.name);
  return REGISTRY_ACTIONS.filter((action) => held.includes(action) && limit.includes(action));
}

/**
 * Requested ∩ allowed, which is what a token carries. Never an error: an entry of which nothing is left is dropped.
 * The catalog is for those who have signed in.
 */
export function narrow(
  requested: readonly Access[],
  allowed: (name: RepositoryName) => readonly RegistryAction[],
  caller: Caller,
): Access[] {
  return requested.flatMap((access): Access[] => {
    if (access.type === 'registry') return caller === 'user' ? [access] : [];
    const held = allowed(access.name);
    const actions = access.actions.filter((action) => held.includes(action));
    return actions.length > 0 ? [repositoryAccess(access.name, actions)] : [];
  });
}

function isPullableByOutsiders({ exists, visibility }: RepositoryStanding, caller: Caller): boolean {
  if (!exists) return false;
  return visibility === 'public' || (visibility === 'internal' && caller === 'user');
}

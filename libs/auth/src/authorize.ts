import type { Grant, Role, Visibility } from '@stowage/contracts';
import type { RepositoryName } from '@stowage/oci';
import { type Access, REGISTRY_ACTIONS, type RegistryAction, repositoryAccess } from './access.js';
import { actionsOfGrants } from './grant.js';
import type { Caller } from './principal.js';
import { actionsOfRole } from './role.js';

/** All that has to be known of a repository to decide about one caller. */
export interface RepositoryStanding {
  readonly name: RepositoryName;
  readonly exists: boolean;
  /** Null when the repository does not exist. */
  readonly visibility: Visibility | null;
  /** The caller's role in the namespace; null without one, and when the namespace does not exist. */
  readonly role: Role | null;
  /** What the namespace has granted to the caller: at least all that hold the repository's name. They add to the role. */
  readonly grants: readonly Grant[];
}

/** What the credential itself limits, whatever its owner may do. */
export interface CredentialLimits {
  /** Null: no limit. An empty list allows nothing but what the whole world may do: pulling what is public. */
  readonly grants: readonly Grant[] | null;
}

/**
 * What the caller may do with the repository: (role ∪ grants ∪ visibility) ∩ limits of the credential, and pulling what is
 * public whatever the limits: a credential that could do less than nobody would break builds on public base images and
 * protect nothing (GitLab INC-9218). A repository that does not exist gives an outsider the same nothing as a private
 * one, and who has a role or a grant what that gives, because a first push creates it.
 */
export function allowedActions(
  standing: RepositoryStanding,
  caller: Caller,
  limits: CredentialLimits,
): readonly RegistryAction[] {
  const held = heldActions(standing, caller);
  const granted = limits.grants === null ? REGISTRY_ACTIONS : actionsOfGrants(limits.grants, standing.name);
  const limit = isPublic(standing) ? ['pull', ...granted] : granted;
  return REGISTRY_ACTIONS.filter((action) => held.includes(action) && limit.includes(action));
}

/** Without the credential. Nobody who has not signed in holds a role or a grant, and only users hold roles, whatever the standing says. */
function heldActions(standing: RepositoryStanding, caller: Caller): readonly RegistryAction[] {
  const ofRole = caller === 'user' && standing.role !== null ? actionsOfRole(standing.role) : [];
  const ofGrants = caller === 'anonymous' ? [] : actionsOfGrants(standing.grants, standing.name);
  return [...(isPullableByOutsiders(standing, caller) ? (['pull'] as const) : []), ...ofRole, ...ofGrants];
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
    if (access.type === 'registry') return caller === 'anonymous' ? [] : [access];
    const held = allowed(access.name);
    const actions = access.actions.filter((action) => held.includes(action));
    return actions.length > 0 ? [repositoryAccess(access.name, actions)] : [];
  });
}

/** Internal is for people: a robot or a job holds what it was granted in its own namespace, and what is public. */
function isPullableByOutsiders(standing: RepositoryStanding, caller: Caller): boolean {
  return isPublic(standing) || (standing.exists && standing.visibility === 'internal' && caller === 'user');
}

function isPublic({ exists, visibility }: RepositoryStanding): boolean {
  return exists && visibility === 'public';
}

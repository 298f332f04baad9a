import type { Role } from '@stowage/contracts';
import type { RegistryAction } from './access.js';

/** What a member may want to do in a namespace, in the groups in which roles grant it. */
export type NamespaceOperation =
  | 'browse'
  | 'push'
  | 'delete'
  | 'repository-settings'
  | 'members'
  | 'robots'
  | 'namespace-settings'
  | 'trust-rules'
  | 'jobs'
  | 'audit';

const REGISTRY_ACTIONS_OF: Record<Role, readonly RegistryAction[]> = {
  reader: ['pull'],
  developer: ['pull', 'push'],
  maintainer: ['pull', 'push', 'delete'],
  owner: ['pull', 'push', 'delete'],
};

const ROLES_ALLOWED: Record<NamespaceOperation, readonly Role[]> = {
  browse: ['reader', 'developer', 'maintainer', 'owner'],
  push: ['developer', 'maintainer', 'owner'],
  delete: ['maintainer', 'owner'],
  'repository-settings': ['maintainer', 'owner'],
  members: ['owner'],
  robots: ['maintainer', 'owner'],
  'namespace-settings': ['owner'],
  'trust-rules': ['maintainer', 'owner'],
  jobs: ['maintainer', 'owner'],
  audit: ['owner'],
};

/** The registry actions that a role gives on every repository of its namespace. */
export function actionsOfRole(role: Role): readonly RegistryAction[] {
  return REGISTRY_ACTIONS_OF[role];
}

/** False without a role. A repository's visibility may still allow an outsider to pull: see `allowedActions`. */
export function roleAllows(role: Role | null, operation: NamespaceOperation): boolean {
  return role !== null && ROLES_ALLOWED[operation].includes(role);
}

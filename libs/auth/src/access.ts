import type { RepositoryName } from '@stowage/oci';

/** In the order in which scopes print them. */
export const REGISTRY_ACTIONS = ['pull', 'push', 'delete'] as const;
export type RegistryAction = (typeof REGISTRY_ACTIONS)[number];

/** Actions on one repository. There are no patterns: the name is always a whole name. */
export interface RepositoryAccess {
  readonly type: 'repository';
  readonly name: RepositoryName;
  readonly actions: readonly RegistryAction[];
}

/** Listing repositories (`/v2/_catalog`). What the list holds is decided per caller, not here. */
export interface CatalogAccess {
  readonly type: 'registry';
  readonly name: 'catalog';
  readonly actions: readonly ['*'];
}

export type RegistryAccess = RepositoryAccess | CatalogAccess;
/** What a token carries and what a request needs: a resource and actions on it. */
export type Access = RegistryAccess;

export const CATALOG_ACCESS: CatalogAccess = { type: 'registry', name: 'catalog', actions: ['*'] };

export function repositoryAccess(name: RepositoryName, actions: readonly RegistryAction[]): RepositoryAccess {
  return { type: 'repository', name, actions };
}

/** True when every required action is granted on that very resource; names are compared whole and by case. */
export function covers(granted: readonly Access[], required: readonly Access[]): boolean {
  return required.every((need) => {
    const held = new Set(granted.filter((have) => isSameResource(have, need)).flatMap(actionsOf));
    return actionsOf(need).every((action) => held.has(action));
  });
}

/** One entry a resource, in order of first mention, its actions in the order of `REGISTRY_ACTIONS`. */
export function mergeAccess(list: readonly Access[]): Access[] {
  const merged = new Map<string, Access>();
  for (const access of list) {
    const key = `${access.type}:${access.name}`;
    const earlier = merged.get(key);
    merged.set(key, earlier ? union(earlier, access) : access);
  }
  return [...merged.values()];
}

function union(one: Access, other: Access): Access {
  if (one.type === 'registry') return one;
  const actions = [...actionsOf(one), ...actionsOf(other)];
  return repositoryAccess(
    one.name,
    REGISTRY_ACTIONS.filter((action) => actions.includes(action)),
  );
}

function isSameResource(one: Access, other: Access): boolean {
  return one.type === other.type && one.name === other.name;
}

function actionsOf(access: Access): readonly string[] {
  return access.actions;
}

import type { Grant } from '@stowage/contracts';
import type { RepositoryName } from '@stowage/oci';
import { REGISTRY_ACTIONS, type RegistryAction } from './access.js';

/** The registry actions that the grants name for this repository; `api` is not one of them. */
export function actionsOfGrants(grants: readonly Grant[], name: RepositoryName): readonly RegistryAction[] {
  const named = grants.filter((grant) => matches(grant.repository, name)).flatMap((grant) => grant.actions);
  return REGISTRY_ACTIONS.filter((action) => named.includes(action));
}

/** `ns/*` holds `ns/a` and `ns/a/b` but neither `ns` nor `nsx/a`: the slash before the star belongs to the prefix. */
function matches(pattern: string, name: RepositoryName): boolean {
  return pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

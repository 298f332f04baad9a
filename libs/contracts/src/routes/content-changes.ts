import type { Route } from './route.js';

/** Operations of a role that change what a namespace holds, or what it is called. */
const CHANGING: ReadonlySet<string> = new Set([
  'namespace: push',
  'namespace: delete',
  'namespace: repository-settings',
  'namespace: namespace-settings',
]);

/**
 * Whether a route changes content of the registry, so that read-only mode refuses it. What looks after people, credentials
 * and the registry itself does not.
 */
export function changesContent({ method, access, inReadOnlyMode }: Route): boolean {
  if (inReadOnlyMode !== undefined) return inReadOnlyMode === 'refused';
  if (method === 'GET' || method === 'HEAD') return false;
  return access.startsWith('repository: ') || CHANGING.has(access);
}

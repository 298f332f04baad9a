import type { Role } from '@stowage/contracts';

/** For what to offer only: the API decides. */
export function mayPush(role: Role | null): boolean {
  return role !== null && role !== 'reader';
}

/** Immutable tags and retention. */
export function mayChangeTagRules(role: Role | null): boolean {
  return role === 'maintainer' || role === 'owner';
}

/** Tags, images, and what was deleted. */
export function mayRestore(role: Role | null): boolean {
  return role === 'maintainer' || role === 'owner';
}

/** Robots and trust rules. */
export function mayManageMachines(role: Role | null): boolean {
  return role === 'maintainer' || role === 'owner';
}

import type { Role } from '@stowage/contracts';

/** For what to offer only: the API decides. */
export function mayPush(role: Role | null): boolean {
  return role !== null && role !== 'reader';
}

/** Tags, images, and what was deleted. */
export function mayRestore(role: Role | null): boolean {
  return role === 'maintainer' || role === 'owner';
}

/** Robots and trust rules. */
export function mayManageMachines(role: Role | null): boolean {
  return role === 'maintainer' || role === 'owner';
}

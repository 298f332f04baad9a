import type { Role } from '@stowage/contracts';

/** What each role may do, in the words that a person decides by. */
export const ROLE_DESCRIPTIONS: Readonly<Record<Role, string>> = {
  reader: 'Browse and pull, private repositories too',
  developer: 'Reader, and push',
  maintainer: 'Developer, and delete, settings, retention',
  owner: 'Everything, members too',
};

export function roleLabel(role: Role): string {
  return role.charAt(0).toUpperCase() + role.slice(1);
}

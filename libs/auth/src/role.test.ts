import { ROLES } from '@stowage/contracts';
import { describe, expect, it } from 'vitest';
import { actionsOfRole, type NamespaceOperation, roleAllows } from './role.js';

const OPERATIONS: NamespaceOperation[] = [
  'browse',
  'push',
  'delete',
  'repository-settings',
  'members',
  'namespace-settings',
  'trust-rules',
  'audit',
];

describe('roles', () => {
  it.each([
    ['reader', ['pull'], ['browse']],
    ['developer', ['pull', 'push'], ['browse', 'push']],
    ['maintainer', ['pull', 'push', 'delete'], ['browse', 'push', 'delete', 'repository-settings', 'trust-rules']],
    ['owner', ['pull', 'push', 'delete'], OPERATIONS],
  ] as const)('give a %s exactly their part', (role, actions, operations) => {
    expect(actionsOfRole(role)).toEqual(actions);
    expect(OPERATIONS.filter((operation) => roleAllows(role, operation))).toEqual(operations);
  });

  it('give nothing to those who have none', () => {
    expect(OPERATIONS.filter((operation) => roleAllows(null, operation))).toEqual([]);
  });

  it('say the same of the registry and of the dashboard', () => {
    for (const role of ROLES) {
      expect(actionsOfRole(role).includes('push')).toBe(roleAllows(role, 'push'));
      expect(actionsOfRole(role).includes('delete')).toBe(roleAllows(role, 'delete'));
      expect(actionsOfRole(role).includes('pull')).toBe(roleAllows(role, 'browse'));
    }
  });
});

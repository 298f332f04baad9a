import { parseRepositoryName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { challengeAccess, mountSourceAccess, type RegistryRoute, requiredAccess } from './required-access.js';
import { formatScopes } from './scope.js';

const name = parseRepositoryName('acme/app');
const mountFrom = parseRepositoryName('acme/base');
const upload = { kind: 'upload', name } as const;

describe('requiredAccess and challengeAccess', () => {
  it.each<[RegistryRoute, string, string]>([
    [{ kind: 'base' }, '', ''],
    [{ kind: 'catalog' }, 'registry:catalog:*', 'registry:catalog:*'],
    [{ kind: 'blob', method: 'GET', name }, 'repository:acme/app:pull', 'repository:acme/app:pull'],
    [{ kind: 'blob', method: 'HEAD', name }, 'repository:acme/app:pull', 'repository:acme/app:pull'],
    [{ kind: 'blob', method: 'DELETE', name }, 'repository:acme/app:delete', 'repository:acme/app:delete'],
    [{ kind: 'manifest', method: 'GET', name }, 'repository:acme/app:pull', 'repository:acme/app:pull'],
    [{ kind: 'manifest', method: 'HEAD', name }, 'repository:acme/app:pull', 'repository:acme/app:pull'],
    [{ kind: 'manifest', method: 'PUT', name }, 'repository:acme/app:pull,push', 'repository:acme/app:pull,push'],
    [{ kind: 'manifest', method: 'DELETE', name }, 'repository:acme/app:delete', 'repository:acme/app:delete'],
    [{ kind: 'tags', method: 'GET', name }, 'repository:acme/app:pull', 'repository:acme/app:pull'],
    [{ kind: 'referrers', method: 'GET', name }, 'repository:acme/app:pull', 'repository:acme/app:pull'],
    [{ ...upload, method: 'POST' }, 'repository:acme/app:pull,push', 'repository:acme/app:pull,push'],
    [{ ...upload, method: 'GET' }, 'repository:acme/app:push', 'repository:acme/app:pull,push'],
    [{ ...upload, method: 'PATCH' }, 'repository:acme/app:push', 'repository:acme/app:pull,push'],
    [{ ...upload, method: 'PUT' }, 'repository:acme/app:push', 'repository:acme/app:pull,push'],
    [{ ...upload, method: 'DELETE' }, 'repository:acme/app:push', 'repository:acme/app:pull,push'],
  ])('%j', (route, required, challenged) => {
    expect(formatScopes(requiredAccess(route))).toBe(required);
    expect(formatScopes(challengeAccess(route))).toBe(challenged);
  });

  it('asks for both repositories of a mount, and needs the target only', () => {
    const mount = { ...upload, method: 'POST', mountFrom } as const;
    expect(formatScopes(requiredAccess(mount))).toBe('repository:acme/app:pull,push');
    expect(formatScopes(challengeAccess(mount))).toBe('repository:acme/app:pull,push repository:acme/base:pull');
    expect(formatScopes(mountSourceAccess(mountFrom))).toBe('repository:acme/base:pull');
  });

  it('names a repository once that is mounted from itself', () => {
    const mount = { ...upload, method: 'POST', mountFrom: name } as const;
    expect(formatScopes(challengeAccess(mount))).toBe('repository:acme/app:pull,push');
  });
});

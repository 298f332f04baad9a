import { parseRepositoryName } from '@stowage/oci';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAccessList } from '../test/arbitraries.js';
import { type Access, CATALOG_ACCESS, covers, mergeAccess, type RegistryAction, repositoryAccess } from './access.js';

const on = (name: string, ...actions: RegistryAction[]) => repositoryAccess(parseRepositoryName(name), actions);

describe('covers', () => {
  it.each<[string, Access[], Access[], boolean]>([
    ['nothing is needed', [], [], true],
    ['nothing is granted', [], [on('acme/app', 'pull')], false],
    ['the same is granted', [on('acme/app', 'pull')], [on('acme/app', 'pull')], true],
    ['more is granted', [on('acme/app', 'pull', 'push')], [on('acme/app', 'push')], true],
    ['one action is missing', [on('acme/app', 'pull')], [on('acme/app', 'pull', 'push')], false],
    ['push is granted and pull is needed', [on('acme/app', 'push')], [on('acme/app', 'pull')], false],
    ['the granted name is a prefix', [on('acme/app', 'pull')], [on('acme/app/web', 'pull')], false],
    ['the needed name is a prefix', [on('acme/app/web', 'pull')], [on('acme/app', 'pull')], false],
    ['another namespace', [on('acme/app', 'pull')], [on('evil/app', 'pull')], false],
    ['two entries together', [on('acme/app', 'pull'), on('acme/app', 'push')], [on('acme/app', 'pull', 'push')], true],
    ['one of two repositories', [on('acme/app', 'pull')], [on('acme/app', 'pull'), on('acme/b', 'pull')], false],
    ['the catalog', [CATALOG_ACCESS], [CATALOG_ACCESS], true],
    ['a repository for the catalog', [on('acme/catalog', 'pull')], [CATALOG_ACCESS], false],
    ['the catalog for a repository', [CATALOG_ACCESS], [on('acme/app', 'pull')], false],
  ])('%s', (_, granted, required, expected) => {
    expect(covers(granted, required)).toBe(expected);
  });

  it('compares names by case', () => {
    const shouted = { ...on('acme/app', 'pull'), name: 'ACME/app' } as Access;
    expect(covers([shouted], [on('acme/app', 'pull')])).toBe(false);
  });

  it('holds between a list and its merged form, both ways', () => {
    fc.assert(
      fc.property(anyAccessList, anyAccessList, (one, other) => {
        const merged = mergeAccess([...one, ...other]);
        expect(covers(merged, [...one, ...other])).toBe(true);
        expect(covers([...one, ...other], merged)).toBe(true);
      }),
    );
  });
});

describe('mergeAccess', () => {
  it('keeps one entry a resource, in order of first mention, with its actions in order', () => {
    const list = [on('acme/b', 'push'), CATALOG_ACCESS, on('acme/a', 'pull'), on('acme/b', 'pull'), CATALOG_ACCESS];
    expect(mergeAccess(list)).toEqual([on('acme/b', 'pull', 'push'), CATALOG_ACCESS, on('acme/a', 'pull')]);
  });
});

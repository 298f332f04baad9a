import { type Grant, ROLES, type Role, VISIBILITIES, type Visibility } from '@stowage/contracts';
import { parseRepositoryName } from '@stowage/oci';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAccessList, anyActions, anyGrants, anyStanding } from '../test/arbitraries.js';
import { CATALOG_ACCESS, covers, type RegistryAction, repositoryAccess } from './access.js';
import { allowedActions, narrow, type RepositoryStanding } from './authorize.js';
import { actionsOfGrants } from './grant.js';
import type { Caller } from './principal.js';
import { actionsOfRole } from './role.js';
import { parseScopes } from './scope.js';

const UNLIMITED = { grants: null };
const name = parseRepositoryName('acme/app');
const standing = (facts: Partial<RepositoryStanding>): RepositoryStanding => ({
  name,
  exists: true,
  visibility: 'private',
  role: null,
  grants: [],
  ...facts,
});
const missing = standing({ exists: false, visibility: null });
const anyCaller = fc.constantFrom<Caller>('anonymous', 'user', 'robot', 'rule');

describe('allowedActions', () => {
  it.each<[string, RepositoryStanding, Caller, RegistryAction[]]>([
    ['a stranger on a private repository', standing({}), 'anonymous', []],
    ['an outsider on a private repository', standing({}), 'user', []],
    ['a stranger on an internal repository', standing({ visibility: 'internal' }), 'anonymous', []],
    ['an outsider on an internal repository', standing({ visibility: 'internal' }), 'user', ['pull']],
    ['a stranger on a public repository', standing({ visibility: 'public' }), 'anonymous', ['pull']],
    ['an outsider on a public repository', standing({ visibility: 'public' }), 'user', ['pull']],
    ['a stranger on a missing repository', missing, 'anonymous', []],
    ['an outsider on a missing repository', missing, 'user', []],
    ['a reader on a missing repository', { ...missing, role: 'reader' }, 'user', ['pull']],
    ['a developer on a missing repository', { ...missing, role: 'developer' }, 'user', ['pull', 'push']],
    ['a role that no signed-in user holds', standing({ role: 'owner' }), 'anonymous', []],
    ['a visibility of what does not exist', { ...missing, visibility: 'public' }, 'anonymous', []],
  ])('%s', (_, given, caller, expected) => {
    expect(allowedActions(given, caller, UNLIMITED)).toEqual(expected);
  });

  it('gives members what their role gives, whatever the visibility', () => {
    for (const role of ROLES) {
      for (const visibility of VISIBILITIES) {
        expect(allowedActions(standing({ role, visibility }), 'user', UNLIMITED)).toEqual(actionsOfRole(role));
      }
    }
  });

  it('limits an owner by the grants of the credential', () => {
    const limits = { grants: [{ repository: 'acme/*', actions: ['push' as const, 'api' as const] }] };
    expect(allowedActions(standing({ role: 'owner' }), 'user', limits)).toEqual(['push']);
    expect(allowedActions(standing({ role: 'owner' }), 'user', { grants: [] })).toEqual([]);
  });

  it.each([
    ['no grants', []],
    ['grants on something else', [{ repository: 'other/app', actions: ['push' as const] }]],
    ['a grant to push only', [{ repository: 'acme/app', actions: ['push' as const] }]],
  ])('lets a credential with %s pull what is public, and neither internal nor private', (_, grants) => {
    const pulls = (visibility: Visibility, role: Role | null) =>
      allowedActions(standing({ visibility, role }), 'user', { grants }).includes('pull');
    for (const role of [...ROLES, null]) {
      expect(pulls('public', role)).toBe(true);
      expect(pulls('internal', role)).toBe(false);
      expect(pulls('private', role)).toBe(false);
    }
    expect(allowedActions({ ...missing, visibility: 'public' }, 'user', { grants })).toEqual([]);
  });

  it('never lets a credential do less than nobody: who has not signed in gets no more than any credential', () => {
    fc.assert(
      fc.property(anyStanding, anyGrants, (given, grants) => {
        const signedIn = allowedActions(given, 'user', { grants });
        const anonymous = allowedActions(given, 'anonymous', UNLIMITED);
        expect(signedIn).toEqual(expect.arrayContaining([...anonymous]));
      }),
    );
  });

  it('never lets a credential widen what its owner holds', () => {
    fc.assert(
      fc.property(anyStanding, anyCaller, anyGrants, (given, caller, grants) => {
        const limited = allowedActions(given, caller, { grants });
        const unlimited = allowedActions(given, caller, UNLIMITED);
        expect(unlimited).toEqual(expect.arrayContaining([...limited]));
        const ofEverybody = allowedActions(given, 'anonymous', UNLIMITED);
        const named = [...ofEverybody, ...actionsOfGrants(grants, given.name)];
        expect(named).toEqual(expect.arrayContaining([...limited]));
      }),
    );
  });

  it('gives an outsider the same for a private and for a missing repository', () => {
    fc.assert(
      fc.property(anyStanding, anyCaller, anyGrants, ({ name: anyName }, caller, grants) => {
        const isPrivate = { name: anyName, exists: true, visibility: 'private', role: null, grants: [] } as const;
        const isMissing = { name: anyName, exists: false, visibility: null, role: null, grants: [] } as const;
        expect(allowedActions(isPrivate, caller, { grants })).toEqual(allowedActions(isMissing, caller, { grants }));
      }),
    );
  });

  it('lets nobody write without a role or a grant', () => {
    fc.assert(
      fc.property(anyStanding, anyCaller, anyGrants, (given, caller, grants) => {
        const actions = allowedActions({ ...given, role: null, grants: [] }, caller, { grants });
        expect(actions.filter((action) => action !== 'pull')).toEqual([]);
      }),
    );
  });
});

describe('grants', () => {
  const given = (grants: Grant[], facts: Partial<RepositoryStanding> = {}) => standing({ ...facts, grants });
  const push: Grant[] = [{ repository: 'acme/*', actions: ['push'] }];

  it.each<[string, RepositoryStanding, Caller, RegistryAction[]]>([
    ['give a user without a role what they name', given(push), 'user', ['push']],
    [
      'add to the role',
      given([{ repository: 'acme/app', actions: ['delete'] }], { role: 'developer' }),
      'user',
      ['pull', 'push', 'delete'],
    ],
    [
      'take nothing away',
      given([{ repository: 'acme/app', actions: ['pull'] }], { role: 'owner' }),
      'user',
      ['pull', 'push', 'delete'],
    ],
    ['give a robot what they name', given(push), 'robot', ['push']],
    ['give the jobs of a rule what they name', given(push), 'rule', ['push']],
    ['let a first push make the repository', given(push, { exists: false, visibility: null }), 'robot', ['push']],
    ['say nothing about another repository', given([{ repository: 'acme/other', actions: ['pull'] }]), 'robot', []],
    ['are nothing to who has not signed in', given(push), 'anonymous', []],
    ['come on top of what is public', given(push, { visibility: 'public' }), 'robot', ['pull', 'push']],
  ])('%s', (_, from, caller, expected) => {
    expect(allowedActions(from, caller, UNLIMITED)).toEqual(expected);
  });

  it('are all that a robot or a job holds besides what is public: no role, nothing internal', () => {
    fc.assert(
      fc.property(anyStanding, fc.constantFrom<Caller>('robot', 'rule'), (any, caller) => {
        const held = allowedActions(any, caller, UNLIMITED);
        const ofEverybody = allowedActions(any, 'anonymous', UNLIMITED);
        expect([...held].sort()).toEqual(
          [...new Set([...ofEverybody, ...actionsOfGrants(any.grants, any.name)])].sort(),
        );
      }),
    );
  });

  it('add and never take away: who has more grants may do at least as much', () => {
    fc.assert(
      fc.property(anyStanding, anyCaller, anyGrants, (any, caller, more) => {
        const before = allowedActions(any, caller, UNLIMITED);
        const after = allowedActions({ ...any, grants: [...any.grants, ...more] }, caller, UNLIMITED);
        expect(after).toEqual(expect.arrayContaining([...before]));
        const named = caller === 'anonymous' ? [] : actionsOfGrants(more, any.name);
        expect([...new Set([...before, ...named])].sort()).toEqual([...after].sort());
      }),
    );
  });

  it('give together what each gives, in any order', () => {
    fc.assert(
      fc.property(anyStanding, anyCaller, anyGrants, (any, caller, grants) => {
        const together = allowedActions({ ...any, grants }, caller, UNLIMITED);
        const turned = allowedActions({ ...any, grants: [...grants].reverse() }, caller, UNLIMITED);
        const each = grants.flatMap((grant) => allowedActions({ ...any, grants: [grant] }, caller, UNLIMITED));
        const none = allowedActions({ ...any, grants: [] }, caller, UNLIMITED);
        expect(turned).toEqual(together);
        expect([...together].sort()).toEqual([...new Set([...each, ...none])].sort());
      }),
    );
  });

  it('never reach beyond the names that they hold', () => {
    fc.assert(
      fc.property(anyStanding, anyCaller, anyGrants, (any, caller, grants) => {
        const elsewhere = grants.map((grant) => ({ ...grant, repository: `other${grant.repository}` }));
        const none = allowedActions({ ...any, grants: [] }, caller, UNLIMITED);
        expect(allowedActions({ ...any, grants: elsewhere }, caller, UNLIMITED)).toEqual(none);
      }),
    );
  });

  it('are limited by the credential like a role', () => {
    const limits = { grants: [{ repository: 'acme/app', actions: ['pull' as const] }] };
    expect(allowedActions(given([{ repository: 'acme/*', actions: ['pull', 'push'] }]), 'user', limits)).toEqual([
      'pull',
    ]);
  });
});

describe('narrow', () => {
  it('drops what is not allowed, and the entry of which nothing is left', () => {
    const requested = parseScopes(['repository:acme/app:pull,push repository:acme/other:pull']);
    const allowed = (asked: string): RegistryAction[] => (asked === name ? ['pull'] : []);
    expect(narrow(requested, allowed, 'user')).toEqual([repositoryAccess(name, ['pull'])]);
  });

  it('expands `*` to what the caller holds', () => {
    const requested = parseScopes(['repository:acme/app:*']);
    expect(narrow(requested, () => ['pull', 'push'], 'user')).toEqual([repositoryAccess(name, ['pull', 'push'])]);
    expect(narrow(requested, () => [], 'user')).toEqual([]);
  });

  it('gives the catalog to those who have signed in', () => {
    for (const caller of ['user', 'robot', 'rule'] as const) {
      expect(narrow([CATALOG_ACCESS], () => [], caller)).toEqual([CATALOG_ACCESS]);
    }
    expect(narrow([CATALOG_ACCESS], () => [], 'anonymous')).toEqual([]);
  });

  it('gives nothing that was not asked for and nothing that is not allowed', () => {
    fc.assert(
      fc.property(anyAccessList, anyActions, anyCaller, (requested, held, caller) => {
        const granted = narrow(requested, () => held, caller);
        expect(covers(requested, granted)).toBe(true);
        expect(granted.filter(({ actions }) => actions.length === 0)).toEqual([]);
        const actions = granted.flatMap((access) => (access.type === 'repository' ? access.actions : []));
        expect(held).toEqual(expect.arrayContaining(actions));
      }),
    );
  });
});

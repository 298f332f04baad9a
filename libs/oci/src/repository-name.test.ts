import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../test/manifest-samples.js';
import {
  isNamespaceName,
  isRepositoryName,
  namespaceOf,
  parseRepositoryName,
  pathInNamespace,
} from './repository-name.js';

const component = fc.stringMatching(/^[a-z0-9]{1,5}((\.|_|__|-{1,3})[a-z0-9]{1,5}){0,2}$/);

describe('parseRepositoryName', () => {
  // P36: [a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/…)*
  it.each([
    'acme/app',
    'a/b',
    '0/1',
    'acme/team/sub/app',
    'acme/a.b',
    'acme/a_b',
    'acme/a__b',
    'acme/a-b',
    'acme/a---b',
    'org/tags/tags',
    'org/blobs/uploads/manifests',
    `a/${'b/'.repeat(126)}b`,
    `a/${'x'.repeat(253)}`,
  ])('reads %s', (name) => {
    expect(parseRepositoryName(name)).toBe(name);
    expect(isRepositoryName(name)).toBe(true);
  });

  it.each([
    '',
    'alpine',
    '/',
    'acme/',
    '/acme',
    'a//b',
    'A/B',
    'acme/App',
    'acme/a___b',
    'acme/a..b',
    'acme/a._b',
    'acme/.a',
    'acme/a.',
    'acme/-a',
    'acme/_a',
    'acme/./b',
    'acme/../b',
    '../../etc/passwd',
    'acme/%2e%2e',
    'acme%2Fapp',
    'acme/ä',
    'acme/a b',
    'acme/a\n',
    'acme/a\0',
    'acme/app:latest',
    'acme/app@sha256',
    'acme\\app',
    `a/${'x'.repeat(254)}`,
  ])('refuses %j with NAME_INVALID (5.9)', (name) => {
    expect(outcomeOf(() => parseRepositoryName(name))).toBe('NAME_INVALID');
    expect(isRepositoryName(name)).toBe(false);
  });

  it('tells somebody who left the namespace out what to write', () => {
    expect(() => parseRepositoryName('alpine')).toThrow('<namespace>/alpine');
  });

  it('is namespace and path, joined', () => {
    fc.assert(
      fc.property(fc.array(component, { minLength: 2, maxLength: 8 }), (components) => {
        const name = parseRepositoryName(components.join('/'));
        expect(namespaceOf(name)).toBe(components[0]);
        expect(`${namespaceOf(name)}/${pathInNamespace(name)}`).toBe(name);
      }),
    );
  });
});

describe('isNamespaceName', () => {
  it.each(['ab', 'acme', 'a-b', 'a_b', 'a.b', '42', 'x'.repeat(63)])('takes %s', (name) => {
    expect(isNamespaceName(name)).toBe(true);
  });

  it.each(['', 'a', 'A', 'Acme', 'a--b', 'a__b', '-ab', 'ab-', 'a/b', 'a%', 'a b', 'robot$x', 'x'.repeat(64), 'ab\n'])(
    'refuses %j',
    (name) => {
      expect(isNamespaceName(name)).toBe(false);
    },
  );
});

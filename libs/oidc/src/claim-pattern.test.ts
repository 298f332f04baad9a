import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern } from './claim-pattern.js';

describe('matchesPattern', () => {
  it.each<[string, string, boolean]>([
    ['acme/app', 'acme/app', true],
    ['acme/app', 'acme/app2', false],
    ['acme/app', 'xacme/app', false],
    ['acme/app', 'ACME/app', false],
    ['acme/*', 'acme/app', true],
    ['acme/*', 'acme/', true],
    ['acme/*', 'acme', false],
    ['acme/*', 'evil/acme/app', false],
    ['refs/heads/*', 'refs/heads/feature/x', true],
    ['*-release', 'v1-release', true],
    ['*-release', 'v1-release-2', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'a-c-b-c', true],
    ['a*b*c', 'acb', false],
    ['a*bc*c', 'abc', false],
    ['*', '', true],
    ['**', 'x', true],
    ['a.c', 'abc', false],
    ['a[bc]', 'ab', false],
    ['a?', 'ab', false],
    ['', 'x', false],
  ])('%j on %j: %s', (pattern, text, expected) => {
    expect(matchesPattern(pattern, text)).toBe(expected);
  });

  it('agrees with the same pattern as an expression', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, letters, (given, text) => {
        const expression = new RegExp(`^${given.replaceAll('*', '.*')}$`);
        expect(matchesPattern(given, text)).toBe(expression.test(text));
      }),
    );
  });

  it('takes no long time over what makes an expression take one', () => {
    expect(matchesPattern(`${'a*'.repeat(120)}b`, 'a'.repeat(64 * 1024))).toBe(false);
  });
});

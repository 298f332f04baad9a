import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathGlob, wordGlob } from './glob.js';

/** The same globs as regular expressions, which may take long and are no way to do it. */
const asPattern = (glob: string) => glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*').replaceAll('?', '[^/]');
const asPathPattern = (parts: readonly string[]) =>
  parts
    .map((part, at) => {
      const isLast = at === parts.length - 1;
      if (part === '**') return isLast ? '(?:[^/]+/)*[^/]+' : '(?:[^/]+/)*';
      return asPattern(part) + (isLast ? '' : '/');
    })
    .join('');
const word = (letters: string) =>
  fc.string({ unit: fc.constantFrom(...letters.split('')), minLength: 1, maxLength: 8 });

describe('wordGlob', () => {
  it.each([
    ['v*', 'v1.2', true],
    ['v*', 'v', true],
    ['v*', 'rv1', false],
    ['*-rc?', '1.0-rc1', true],
    ['*-rc?', '1.0-rc', false],
    ['v1', 'V1', false],
    ['v1.2', 'v1x2', false],
    ['*', 'latest', true],
    ['a*b*c', 'abbcbc', true],
  ])('%s against %s: %s', (glob, text, expected) => {
    expect(wordGlob(glob)(text)).toBe(expected);
  });

  it('is what the regular expression says', () => {
    fc.assert(
      fc.property(word('ab.*?'), word('ab.'), (glob, text) => {
        expect(wordGlob(glob)(text)).toBe(new RegExp(`^${asPattern(glob)}$`).test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes what nobody would type in linear time for each character', () => {
    expect(wordGlob(`${'*a'.repeat(64)}*b`)('a'.repeat(128))).toBe(false);
  });
});

describe('pathGlob', () => {
  it.each([
    ['app', 'app', true],
    ['app', 'app/web', false],
    ['app/*', 'app/web', true],
    ['app/*', 'app/web/x', false],
    ['app/**', 'app/web', true],
    ['app/**', 'app/web/x/y', true],
    ['app/**', 'app', false],
    ['**', 'app', true],
    ['**', 'app/web/x', true],
    ['**/web', 'web', true],
    ['**/web', 'team/app/web', true],
    ['team/**/web', 'team/web', true],
    ['team/**/web', 'team/a/b/web', true],
    ['team/**/web', 'team/a/b/webs', false],
    ['t*/w?b', 'team/web', true],
  ])('%s against %s: %s', (glob, text, expected) => {
    expect(pathGlob(glob)(text)).toBe(expected);
  });

  it('is what the regular expression says', () => {
    const part = fc.oneof(word('ab'), fc.constantFrom('*', '**', 'a*', '?'));
    const path = fc.array(word('ab'), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), path, (parts, components) => {
        const text = components.join('/');
        expect(pathGlob(parts.join('/'))(text)).toBe(new RegExp(`^${asPathPattern(parts)}$`).test(text));
      }),
      { numRuns: 2000 },
    );
  });
});

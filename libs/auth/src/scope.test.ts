import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAccessList } from '../test/arbitraries.js';
import { formatScope, formatScopes, MAX_SCOPES, parseScopes, TooManyScopesError } from './scope.js';

/** What is left of the parameters, as scopes again. */
const normalised = (...params: string[]) => formatScopes(parseScopes(params));

const LONG = 64 * 1024;

describe('parseScopes', () => {
  it.each([
    ['one scope', 'repository:acme/app:pull', 'repository:acme/app:pull'],
    ['actions in any order', 'repository:acme/app:push,pull', 'repository:acme/app:pull,push'],
    ['a deep name', 'repository:acme/team/app:pull', 'repository:acme/team/app:pull'],
    ['a class, which is ignored', 'repository(plugin):acme/app:pull', 'repository:acme/app:pull'],
    ['every action that there is', 'repository:acme/app:*', 'repository:acme/app:pull,push,delete'],
    ['two scopes in one', 'repository:a/b:pull  repository:a/c:push', 'repository:a/b:pull repository:a/c:push'],
    ['the same repository twice', 'repository:a/b:pull repository:a/b:push', 'repository:a/b:pull,push'],
    ['the catalog', 'registry:catalog:*', 'registry:catalog:*'],
    ['an unknown action beside a known one', 'repository:acme/app:pull,admin', 'repository:acme/app:pull'],
  ])('reads %s', (_, scope, expected) => {
    expect(normalised(scope)).toBe(expected);
  });

  it.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['no colon', 'repository'],
    ['one colon', 'repository:pull'],
    ['only colons', ':::'],
    ['no action', 'repository:acme/app:'],
    ['an unknown action', 'repository:acme/app:admin'],
    ['an action by another case', 'repository:acme/app:PULL'],
    ['an unknown type', 'project:acme/app:pull'],
    ['a type by another case', 'Repository:acme/app:pull'],
    ['an empty class', 'repository():acme/app:pull'],
    ['an open class', 'repository(plugin:acme/app:pull'],
    ['a wildcard for the name', 'repository:*:pull'],
    ['a wildcard in the name', 'repository:acme/*:pull'],
    ['a name without a namespace', 'repository:alpine:pull'],
    ['an upper-case name', 'repository:Acme/app:pull'],
    ['a traversal', 'repository:acme/../app:pull'],
    ['a name with a line break', 'repository:acme/app\n:pull'],
    ['a name with a host and a port', 'repository:example.com:5000/acme/app:pull'],
    ['a name that is too long', `repository:acme/${'a'.repeat(255)}:pull`],
    ['another registry resource', 'registry:users:*'],
    ['the catalog with another action', 'registry:catalog:pull'],
  ])('drops %s', (_, scope) => {
    expect(parseScopes([scope])).toEqual([]);
  });

  it('reads repeated parameters as one list', () => {
    expect(normalised('repository:a/b:pull', 'repository:a/c:pull repository:a/b:push')).toBe(
      'repository:a/b:pull,push repository:a/c:pull',
    );
  });

  it(`takes ${MAX_SCOPES} scopes and refuses one more, however they are spread`, () => {
    const scopes = Array.from({ length: MAX_SCOPES }, (_, at) => `repository:acme/app${at}:pull`);
    expect(parseScopes(scopes)).toHaveLength(MAX_SCOPES);
    expect(parseScopes([scopes.join(' ')])).toHaveLength(MAX_SCOPES);
    expect(() => parseScopes([...scopes, 'repository:acme/more:pull'])).toThrow(TooManyScopesError);
    expect(() => parseScopes([scopes.join(' '), 'x'])).toThrow(TooManyScopesError);
  });

  it('reads back what formatScopes prints', () => {
    fc.assert(
      fc.property(anyAccessList, (list) => {
        expect(parseScopes([formatScopes(list)])).toEqual(list);
        expect(parseScopes(list.map(formatScope))).toEqual(list);
      }),
    );
  });

  it('prints only what it would read the same again, whatever it is given', () => {
    const pieces = fc.constantFrom(
      'repository',
      'registry',
      'catalog',
      ':',
      '(',
      ')',
      'a/b',
      ',',
      '*',
      'pull',
      ' ',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 30 }), (parts) => {
        const once = parseScopes([parts.join('').split(' ').slice(0, MAX_SCOPES).join(' ')]);
        expect(parseScopes([formatScopes(once)])).toEqual(once);
      }),
    );
  });

  // A pattern that backtracks would not come back from these within the lifetime of the test run.
  it.each([
    ['letters', `repository:${'a'.repeat(LONG)}!:pull`],
    ['separated letters', `repository:${'a-'.repeat(LONG / 2)}!:pull`],
    ['separators', `repository:acme/a${'_'.repeat(LONG)}a:pull`],
    ['a type', `${'a'.repeat(LONG)}!:acme/app:pull`],
    ['open classes', `${'a('.repeat(LONG / 2)}:acme/app:pull`],
    ['colons', ':'.repeat(LONG)],
    ['slashes', `repository:${'a/'.repeat(LONG / 2)}:pull`],
    ['commas', `repository:acme/app:${','.repeat(LONG)}x`],
    ['spaces', ' '.repeat(LONG)],
  ])('finishes on 64 KiB of %s', (_, scope) => {
    expect(parseScopes([scope])).toEqual([]);
  });
});

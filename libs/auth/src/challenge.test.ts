import { OciError, parseRepositoryName } from '@stowage/oci';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAccessList } from '../test/arbitraries.js';
import { CATALOG_ACCESS, repositoryAccess } from './access.js';
import { ChallengeError, type ChallengeOptions } from './challenge.js';
import { parseScopes } from './scope.js';

const required = [
  repositoryAccess(parseRepositoryName('acme/app'), ['pull', 'push']),
  repositoryAccess(parseRepositoryName('acme/base'), ['pull']),
];
const challenge = (options: Partial<ChallengeOptions> = {}) =>
  new ChallengeError({ realm: 'https://cr.example.com/token', service: 'cr.example.com', required, ...options });
const headerOf = (error: ChallengeError) => error.headers['WWW-Authenticate'];

describe('ChallengeError', () => {
  it('is an error of the table, answered with 401', () => {
    expect(challenge()).toBeInstanceOf(OciError);
    expect(challenge()).toMatchObject({ name: 'ChallengeError', code: 'UNAUTHORIZED', status: 401 });
  });

  it('lists all scopes in one quoted value, and no error when no token came', () => {
    expect(headerOf(challenge())).toBe(
      'Bearer realm="https://cr.example.com/token",service="cr.example.com",scope="repository:acme/app:pull,push repository:acme/base:pull"',
    );
  });

  it('names scopes that the token service reads back as they are', () => {
    fc.assert(
      fc.property(anyAccessList, (list) => {
        const scope = /,scope="([^"]*)"$/.exec(headerOf(challenge({ required: list })) ?? '')?.[1];
        expect(parseScopes(scope === undefined ? [] : [scope])).toEqual(list);
      }),
    );
  });

  it('has no scope where any valid token will do', () => {
    expect(headerOf(challenge({ required: [] }))).toBe(
      'Bearer realm="https://cr.example.com/token",service="cr.example.com"',
    );
  });

  it.each(['invalid_token', 'insufficient_scope'] as const)('says %s of a token that came', (error) => {
    expect(headerOf(challenge({ error }))).toMatch(new RegExp(`,error="${error}"$`));
  });

  it('escapes quotes and backslashes', () => {
    expect(headerOf(challenge({ service: 'a"b\\c', required: [] }))).toContain(String.raw`service="a\"b\\c"`);
  });

  it.each(['a\r\nSet-Cookie: x', 'a\n', 'a\0', 'a\u{e9}'])('refuses %j', (service) => {
    expect(() => challenge({ service })).toThrow(TypeError);
  });

  it('lists each access in the detail', () => {
    expect(challenge({ required: [...required, CATALOG_ACCESS] }).detail).toEqual([
      { Type: 'repository', Name: 'acme/app', Action: 'pull' },
      { Type: 'repository', Name: 'acme/app', Action: 'push' },
      { Type: 'repository', Name: 'acme/base', Action: 'pull' },
      { Type: 'registry', Name: 'catalog', Action: '*' },
    ]);
  });

  it.each<[string, Partial<ChallengeOptions>, RegExp]>([
    ['without a token', {}, /^authentication required; run "docker login cr\.example\.com"/],
    ['with a bad one', { error: 'invalid_token' }, /^the token has expired .* "docker login cr\.example\.com"/],
    ['with a weak one', { error: 'insufficient_scope' }, /needs pull and push on acme\/app and pull on acme\/base/],
    ['with a realm that is no URL', { realm: '/token' }, /docker login cr\.example\.com/],
    ['with words of the caller', { message: 'the account is suspended' }, /^the account is suspended$/],
  ])('tells what to do %s', (_, options, expected) => {
    expect(challenge(options).message).toMatch(expected);
  });
});

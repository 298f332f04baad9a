import { describe, expect, it } from 'vitest';
import type { IdTokenClaims } from './id-token.js';
import { mismatchesOf, type RuleConditions } from './rule-match.js';

const claims = (more: Record<string, unknown> = {}): IdTokenClaims => ({
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:acme/app:ref:refs/heads/main',
  aud: 'https://cr.example.com',
  exp: 2,
  iat: 1,
  repository: 'acme/app',
  run_attempt: 1,
  protected: true,
  ...more,
});
const rule = (more: Partial<RuleConditions> = {}): RuleConditions => ({
  issuer: 'https://token.actions.githubusercontent.com',
  audience: 'https://cr.example.com',
  claims: { repository: 'acme/app' },
  ...more,
});

describe('mismatchesOf', () => {
  it.each<[string, Record<string, string>]>([
    ['an exact value', { repository: 'acme/app' }],
    ['a pattern', { sub: 'repo:acme/app:*' }],
    ['a number and a truth value as they are printed', { run_attempt: '1', protected: 'true' }],
  ])('is empty for %s', (_, wanted) => {
    expect(mismatchesOf(rule({ claims: wanted }), claims())).toEqual([]);
  });

  it('takes one of several audiences', () => {
    expect(mismatchesOf(rule(), claims({ aud: ['other', 'https://cr.example.com'] }))).toEqual([]);
  });

  it('names every condition that is not met', () => {
    const wanted = rule({ audience: 'other', claims: { repository: 'acme/web', environment: 'production' } });
    expect(mismatchesOf(wanted, claims({ iss: 'https://evil.example' }))).toEqual([
      { claim: 'iss', expected: rule().issuer, actual: 'https://evil.example' },
      { claim: 'aud', expected: 'other', actual: 'https://cr.example.com' },
      { claim: 'repository', expected: 'acme/web', actual: 'acme/app' },
      { claim: 'environment', expected: 'production', actual: null },
    ]);
  });

  it.each([['acme/app'], [['acme/app', 'acme/web']], { a: 1 }, null, undefined])('meets nothing with %j', (value) => {
    expect(
      mismatchesOf(rule({ claims: { list: '*' } }), claims({ list: Array.isArray(value) ? value : { value } })),
    ).toEqual([{ claim: 'list', expected: '*', actual: null }]);
  });

  it.each(['toString', '__proto__', 'constructor', 'hasOwnProperty'])(
    'does not read %s from where no token wrote',
    (name) => {
      const wanted = Object.fromEntries([[name, '*']]);
      expect(mismatchesOf(rule({ claims: wanted }), claims())).toHaveLength(1);
    },
  );
});

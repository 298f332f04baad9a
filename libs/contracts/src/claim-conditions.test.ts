import { describe, expect, it } from 'vitest';
import { claimConditionsSchema, openToStrangers } from './claim-conditions.js';

const GITHUB = 'https://token.actions.githubusercontent.com';
const GITLAB = 'https://gitlab.com';

describe('claimConditionsSchema', () => {
  it.each([{ repository: 'acme/app' }, { sub: 'repo:acme/app:*', ref: '*' }, { 'kubernetes.io/namespace': 'ci' }])(
    'takes %j',
    (claims) => {
      expect(claimConditionsSchema.parse(claims)).toEqual(claims);
    },
  );

  it.each([
    {},
    { sub: '*' },
    { sub: '' },
    { sub: '**' },
    { iss: 'x', sub: 'a' },
    { aud: 'x', sub: 'a' },
    { 'a b': 'x' },
    { sub: 'a\n' },
    { sub: 'ä' },
    { sub: 1 },
    { sub: 'a*'.repeat(9) },
    { sub: 'a'.repeat(256) },
    Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`c${index}`, 'x'])),
  ])('refuses %j', (claims) => {
    expect(claimConditionsSchema.safeParse(claims).success).toBe(false);
  });
});

describe('openToStrangers', () => {
  it.each<[string, Record<string, string>]>([
    [GITHUB, { repository: 'acme/app' }],
    [GITHUB, { repository: 'acme/*' }],
    [GITHUB, { repository_owner_id: '1234' }],
    [GITHUB, { repository_owner: 'acme', ref: 'refs/heads/*' }],
    [GITHUB, { sub: 'repo:acme/app:*' }],
    [GITLAB, { project_path: 'acme/team/app' }],
    [GITLAB, { namespace_path: 'acme' }],
    [GITLAB, { sub: 'project_path:acme/*:ref_type:branch:ref:main' }],
    ['https://git.example.com', { ref: 'refs/heads/main' }],
  ])('%s with %j is not', (issuer, claims) => {
    expect(openToStrangers(issuer, claims)).toBeUndefined();
  });

  it.each<[string, Record<string, string>]>([
    [GITHUB, { ref: 'refs/heads/main' }],
    [GITHUB, { repository: '*/app' }],
    [GITHUB, { repository: 'acme*' }],
    [GITHUB, { repository_owner: 'acm*' }],
    [GITHUB, { repository_id: '12*' }],
    [GITHUB, { sub: 'repo:acme*' }],
    [GITHUB, { sub: '*:environment:production' }],
    [GITLAB, { ref: 'main', ref_protected: 'true' }],
    [GITLAB, { namespace_path: 'acme*' }],
  ])('%s with %j is, and it says what to name', (issuer, claims) => {
    expect(openToStrangers(issuer, claims)).toMatch(/name the owner in \w+/);
  });
});

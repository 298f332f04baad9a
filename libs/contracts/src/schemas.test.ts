import { describe, expect, it } from 'vitest';
import { createAccessTokenSchema, grantSchema } from './access-tokens.js';
import { createAdministratorSchema, signInSchema, signUpSchema } from './accounts.js';
import { namespaceNameSchema } from './names.js';
import { createNamespaceSchema, putMemberSchema, updateNamespaceSchema } from './namespaces.js';
import { MAX_PAGE_SIZE, pageQuerySchema } from './page.js';
import { createRepositorySchema, updateRepositorySchema } from './repositories.js';

const ACCOUNT = { username: 'alice', email: 'alice@example.com', password: 'correct horse' };

describe('what a request may carry', () => {
  it.each([
    ['sign-up', signUpSchema, ACCOUNT],
    ['the first administrator', createAdministratorSchema, { ...ACCOUNT, code: 'x' }],
    ['sign-in', signInSchema, { login: 'alice', password: 'x' }],
    ['a namespace', createNamespaceSchema, { name: 'acme' }],
    ['a change of a namespace', updateNamespaceSchema, { displayName: 'Acme' }],
    ['a member', putMemberSchema, { role: 'reader' }],
    ['a repository', createRepositorySchema, { name: 'app' }],
    ['a change of a repository', updateRepositorySchema, {}],
    ['an access token', createAccessTokenSchema, { name: 'ci' }],
    ['a grant', grantSchema, { repository: 'acme/*', actions: ['pull'] }],
  ])('is named for %s, and nothing else is let through (CVE-2019-16097)', (_, schema, good) => {
    expect(schema.safeParse(good).success).toBe(true);
    for (const field of ['isAdmin', 'id', 'ownerId', 'limitBytes'])
      expect(schema.safeParse({ ...good, [field]: true }).success).toBe(false);
    for (const value of [null, [], 'x', 1, undefined]) expect(schema.safeParse(value).success).toBe(false);
  });

  it.each(['al', 'a-b', 'a.b', 'a_b', '42', ' acme ', 'x'.repeat(63)])('the name %j is one', (name) => {
    expect(namespaceNameSchema.parse(name)).toBe(name.trim());
  });

  it.each(['', 'a', 'A', 'Acme', 'a--b', '-a', 'a-', 'a/b', 'a b', 'a%', '.ab', 'x'.repeat(64), { not: '' }, 5])(
    'the name %j is none',
    (name) => {
      expect(namespaceNameSchema.safeParse(name).success).toBe(false);
    },
  );

  it.each([
    ['password', 'x'.repeat(9), false],
    ['password', 'x'.repeat(10), true],
    ['password', 'x'.repeat(256), true],
    ['password', 'x'.repeat(257), false],
    ['email', 'alice', false],
    ['email', `${'a'.repeat(250)}@x.de`, false],
    ['email', 'a@b.c\r\nBcc: x@y.z', false],
    ['email', { toString: 'x' }, false],
  ])('%s %j: %s', (field, value, isGood) => {
    expect(signUpSchema.safeParse({ ...ACCOUNT, [field]: value }).success).toBe(isGood);
  });
});

describe('grants', () => {
  it.each(['acme/app', 'acme/*', 'acme/team/*', 'acme/team/app', 'a.b/c_d', '0/1'])('may name %s', (repository) => {
    expect(grantSchema.safeParse({ repository, actions: ['pull'] }).success).toBe(true);
  });

  // GHSA-xq2m: no pattern that reaches further than it reads
  it.each([
    '*',
    '*/*',
    'acme',
    'acme/',
    '/acme',
    'acme/**',
    'acme/a*',
    'acme/*/app',
    '*/app',
    'acme/*x',
    '../*',
    'Acme/app',
    'acme/app ',
    'acme/\n',
    '',
  ])('may not name %j', (repository) => {
    expect(grantSchema.safeParse({ repository, actions: ['pull'] }).success).toBe(false);
  });

  it.each([[[]], [['*']], [['admin']], [['PULL']], ['pull'], [null]])('may not have the actions %j', (actions) => {
    expect(grantSchema.safeParse({ repository: 'acme/app', actions }).success).toBe(false);
  });

  it('end in 90 days when nothing is said, never only when that is said', () => {
    expect(createAccessTokenSchema.parse({ name: 'ci' }).expiresInDays).toBe(90);
    expect(createAccessTokenSchema.parse({ name: 'ci', expiresInDays: null }).expiresInDays).toBeNull();
    for (const expiresInDays of [0, -1, 1.5, 4000, '90', Number.NaN])
      expect(createAccessTokenSchema.safeParse({ name: 'ci', expiresInDays }).success).toBe(false);
  });
});

describe('pages', () => {
  it.each([
    ['1', 1],
    ['1000', MAX_PAGE_SIZE],
    [undefined, 100],
  ])('limit %j is %i', (limit, expected) => {
    expect(pageQuerySchema.parse({ limit }).limit).toBe(expected);
  });

  it.each(['0', '-1', '1001', '9e18', 'abc', '1.5', '', 'NaN', 'Infinity', ['1', '2'], {}])(
    'limit %j is refused (CVE-2023-2253)',
    (limit) => {
      expect(pageQuerySchema.safeParse({ limit }).success).toBe(false);
    },
  );

  it.each([['x'.repeat(1001)], [['a', 'b']], [{ not: '' }], [5]])('cursor %j is refused', (cursor) => {
    expect(pageQuerySchema.safeParse({ cursor }).success).toBe(false);
  });
});

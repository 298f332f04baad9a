import { githubJobClaims, TestIssuer } from '@stowage/oidc/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aName } from '@stowage/metadata/testing';
import { openApi, ORIGIN, type SignedIn, signUp } from './open-api.js';

const issuer = await TestIssuer.start();
const api = openApi({ privateIssuers: [issuer.url] });
afterAll(async () => issuer.close());

let owner: SignedIn;
let outsider: SignedIn;
let namespace: string;
const members: Record<string, SignedIn> = {};

beforeAll(async () => {
  [owner, outsider] = [await signUp(api), await signUp(api)];
  for (const role of ['maintainer', 'developer']) members[role] = await signUp(api);
});
beforeEach(async () => {
  namespace = aName('org');
  await api.ask('POST /namespaces', { cookie: owner.cookie, body: { name: namespace } });
  for (const [role, { username }] of Object.entries(members)) {
    await api.ask(`PUT /namespaces/${namespace}/members/${username}`, { cookie: owner.cookie, body: { role } });
  }
});

const aRule = (more: Record<string, unknown> = {}) => ({
  name: 'release',
  issuer: issuer.url,
  audience: ORIGIN,
  claims: { repository: 'octo-org/app', ref: 'refs/heads/*' },
  grants: [{ repository: `${namespace}/app`, actions: ['pull', 'push'] }],
  ...more,
});
const create = async (more: Record<string, unknown> = {}, by = owner) =>
  api.ask(`POST /namespaces/${namespace}/trust-rules`, { cookie: by.cookie, body: aRule(more) });
const audits = async (action: string) => {
  const { json } = await api.ask(`GET /namespaces/${namespace}/audit-events?action=${action}`, {
    cookie: owner.cookie,
  });
  return json['items'] as { action: string; target: string; detail: unknown }[];
};

describe('trust rules', () => {
  it('are made by maintainers, listed, and deleted, with one audit row for each change', async () => {
    const made = await create({}, members['maintainer']);
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ ...aRule(), lastUsedAt: null, lastUsedBy: null });
    const list = await api.ask(`GET /namespaces/${namespace}/trust-rules`, { cookie: owner.cookie });
    expect(list.json).toEqual({ items: [made.json], nextCursor: null });
    const path = `/namespaces/${namespace}/trust-rules/${String(made.json['id'])}`;
    expect((await api.ask(`DELETE ${path}`, { cookie: owner.cookie })).status).toBe(204);
    expect((await api.ask(`DELETE ${path}`, { cookie: owner.cookie })).status).toBe(404);
    const said = { issuer: issuer.url, audience: ORIGIN, claims: ['ref = refs/heads/*', 'repository = octo-org/app'] };
    const grants = [`${namespace}/app: pull and push`];
    const target = `${namespace}/release`;
    expect(await audits('trust-rule')).toMatchObject([
      { action: 'trust-rule.delete', target, detail: { before: { ...said, grants }, after: null } },
      { action: 'trust-rule.create', target, detail: { before: null, after: { ...said, grants } } },
    ]);
  });

  it('are nothing to developers, and do not exist for outsiders', async () => {
    const made = await create();
    const paths = [
      ['GET', ''],
      ['POST', ''],
      ['POST', '/test'],
      ['DELETE', `/${String(made.json['id'])}`],
    ] as const;
    for (const [method, rest] of paths) {
      const body = method !== 'POST' ? undefined : rest === '' ? aRule({ name: 'other' }) : { token: 'x' };
      const by = async ({ cookie }: SignedIn) =>
        (await api.ask(`${method} /namespaces/${namespace}/trust-rules${rest}`, { cookie, body })).status;
      expect(await by(members['developer']!)).toBe(403);
      expect(await by(outsider)).toBe(404);
    }
    expect(await audits('trust-rule')).toHaveLength(1);
  });

  it('of another namespace are not there', async () => {
    const made = await create();
    const theirs = aName('org');
    await api.ask('POST /namespaces', { cookie: outsider.cookie, body: { name: theirs } });
    for (const id of [String(made.json['id']), 'x', '%2e%2e']) {
      const { status } = await api.ask(`DELETE /namespaces/${theirs}/trust-rules/${id}`, { cookie: outsider.cookie });
      expect(status).toBe(404);
    }
    const list = await api.ask(`GET /namespaces/${namespace}/trust-rules`, { cookie: owner.cookie });
    expect(list.json['items']).toHaveLength(1);
  });

  it('get a name when they bring none, and never the same one twice', async () => {
    const { name: _, ...nameless } = aRule();
    const made = await api.ask(`POST /namespaces/${namespace}/trust-rules`, { cookie: owner.cookie, body: nameless });
    expect(made.json['name']).toMatch(/^rule-[0-9a-f]{8}$/);
    await create();
    const again = await create();
    expect(again.status).toBe(409);
    expect(again.json['errors']).toMatchObject([{ field: 'name' }]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an issuer inside the network', { issuer: 'http://169.254.169.254' }, 'issuer'],
    ['an issuer on a private address', { issuer: 'https://10.0.0.1' }, 'issuer'],
    ['an issuer that is no URL', { issuer: 'gitlab.com' }, 'issuer'],
    ['no claims', { claims: {} }, 'claims'],
    ['nothing but stars', { claims: { sub: '*' } }, 'claims'],
    [
      'everybody on GitHub',
      { issuer: 'https://token.actions.githubusercontent.com', claims: { ref: 'refs/heads/main' } },
      'claims',
    ],
    ['a grant elsewhere', { grants: [{ repository: 'elsewhere/app', actions: ['push'] }] }, 'grants'],
    ['no grant', { grants: [] }, 'grants'],
    ['a grant on the management API', { grants: [{ repository: 'a/b', actions: ['api'] }] }, 'grants'],
    ['an unknown field', { admin: true }, ''],
  ])('refuse %s', async (_, more, field) => {
    const answer = await create(more);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(field);
    expect(await audits('trust-rule')).toEqual([]);
  });
});

describe('the test of a token', () => {
  const test = async (token: string) =>
    (await api.ask(`POST /namespaces/${namespace}/trust-rules/test`, { cookie: owner.cookie, body: { token } })).json;

  it('shows which rule takes it, and of others which claim does not fit', async () => {
    await create();
    await create({
      name: 'tags',
      claims: { repository: 'octo-org/app', ref: 'refs/tags/*', environment: 'production' },
    });
    const token = await issuer.sign(githubJobClaims(ORIGIN));
    expect(await test(token)).toMatchObject({
      problem: null,
      claims: { repository: 'octo-org/app', ref: 'refs/heads/main', aud: ORIGIN },
      rules: [
        { name: 'release', mismatches: [] },
        {
          name: 'tags',
          mismatches: [
            { claim: 'ref', expected: 'refs/tags/*', actual: 'refs/heads/main' },
            { claim: 'environment', expected: 'production', actual: null },
          ],
        },
      ],
    });
  });

  it('says what is wrong with one that proves nothing', async () => {
    await create();
    const claims = githubJobClaims(ORIGIN);
    const other = await TestIssuer.start();
    expect(await test('hunter2')).toEqual({ problem: 'this is not an ID token', claims: null, rules: [] });
    const now = Math.floor(Date.now() / 1000);
    const expired = await issuer.sign({ ...claims, iat: now - 900, exp: now - 600 });
    expect(await test(expired)).toMatchObject({ problem: 'the token has expired', rules: [{ mismatches: [] }] });
    const forged = await other.sign({ ...claims, iss: issuer.url });
    expect(await test(forged)).toMatchObject({
      problem: 'the token is signed with a key that its issuer does not have',
    });
    const foreign = await other.sign(claims);
    expect(await test(foreign)).toMatchObject({ problem: 'no rule of this namespace trusts its issuer' });
    expect(other.requests).toEqual([]);
    await other.close();
  });

  it('leaves no trace of the token', async () => {
    await create();
    const token = await issuer.sign(githubJobClaims(ORIGIN, { canary: 'c4n4ry' }));
    await test(token);
    const rows = await api.database.prepared<{ found: number }>(
      'test_trace',
      `SELECT (SELECT count(*) FROM audit_event e WHERE e::text LIKE '%c4n4ry%')::int
         + (SELECT count(*) FROM job_token_use)::int + (SELECT count(*) FROM trust_rule t WHERE t::text LIKE '%c4n4ry%')::int
         AS found`,
      [],
    );
    expect(rows).toEqual([{ found: 0 }]);
  });
});

import type { AccessGrant, ClaimConditions } from '@stowage/contracts';
import { NamespaceStore, TrustRuleStore, type UserRecord } from '@stowage/metadata';
import { githubJobClaims, gitlabJobClaims, TestIssuer } from '@stowage/oidc/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actorOf, addNamespace, addRepository, addUser } from './support/people.js';
import { basic, bodyOf, publicUrl, type RunningService, startService } from './support/running-service.js';

const AUDIENCE = publicUrl.origin;
const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
};
let issuer: TestIssuer;
let running: RunningService;
let alice: UserRecord;

beforeAll(async () => {
  issuer = await TestIssuer.start();
  running = await startService({ privateIssuers: [issuer.url] });
  alice = await addUser(running.database, 'alice');
  for (const name of ['acme', 'beta']) {
    await addNamespace(running.database, name, { owner: alice });
    await addRepository(running.database, `${name}/app`, 'private');
  }
});
afterAll(async () => {
  await running.stop();
  await issuer.close();
});

interface Rule {
  readonly namespace?: string;
  readonly claims?: ClaimConditions;
  readonly audience?: string;
  readonly grants?: readonly AccessGrant[];
}

async function namespaceOf(name: string) {
  return (await new NamespaceStore(running.database).findVisible(name, alice.id))!;
}

let made = 0;
async function addRule({ namespace = 'acme', claims, audience = AUDIENCE, grants }: Rule = {}) {
  made += 1;
  return new TrustRuleStore(running.database).create(
    await namespaceOf(namespace),
    {
      name: `rule-${made}`,
      issuer: issuer.url,
      audience,
      claims: claims ?? { repository: `octo-org/app-${made}` },
      grants: grants ?? [{ repository: `${namespace}/app`, actions: ['pull', 'push'] }],
    },
    actorOf(alice),
  );
}

const login = (token: string, scope?: string, user = 'oidc') =>
  running.get(scope === undefined ? [] : [['scope', scope]], basic(user, token));
const jobOf = async (repository: string, more = {}) => issuer.sign(githubJobClaims(AUDIENCE, { repository, ...more }));

describe('the ID token of a CI job as the password', () => {
  it.each(['oidc', 'anything', '<token>'])('lets a job of GitHub Actions in, as %s', async (user) => {
    const rule = await addRule();
    const repository = `octo-org/app-${made}`;
    const response = await login(await jobOf(repository), 'repository:acme/app:pull,push,delete', user);
    expect(response.status).toBe(200);
    const claims = await running.claimsOf(response);
    expect(claims.access).toEqual([{ type: 'repository', name: 'acme/app', actions: ['pull', 'push'] }]);
    const name = `job repo:octo-org/app:ref:refs/heads/main by acme/${rule.name}`;
    expect(claims.principal).toEqual({ kind: 'rule', id: rule.id, name });
    expect(claims.credentialId).toBeNull();
  });

  it('lets a job of GitLab CI in', async () => {
    await addRule({ claims: { project_path: 'octo-group/app', ref_path: 'refs/heads/*', ref_protected: 'true' } });
    const response = await login(await issuer.sign(gitlabJobClaims(AUDIENCE)), 'repository:acme/app:push');
    expect((await running.claimsOf(response)).access).toMatchObject([{ actions: ['push'] }]);
  });

  it('notes when a rule was used last, and by which job', async () => {
    const rule = await addRule();
    await login(await jobOf(`octo-org/app-${made}`, { sub: 'repo:octo-org/app:environment:production' }));
    const rules = await new TrustRuleStore(running.database).list(await namespaceOf('acme'), { last: '', limit: 100 });
    const used = rules.find(({ id }) => id === rule.id);
    expect(used).toMatchObject({ lastUsedBy: 'repo:octo-org/app:environment:production' });
    expect(used?.lastUsedAt).toBeInstanceOf(Date);
  });

  it('gives nothing outside the namespace of the rule, and nothing internal', async () => {
    await addRule();
    await addRepository(running.database, 'beta/internal', 'internal');
    await addRepository(running.database, 'beta/public', 'public');
    const scope = 'repository:beta/app:pull repository:beta/internal:pull repository:beta/public:pull,push';
    const response = await login(await jobOf(`octo-org/app-${made}`), scope);
    expect((await running.claimsOf(response)).access).toEqual([
      { type: 'repository', name: 'beta/public', actions: ['pull'] },
    ]);
  });

  it('acts by the rule that gives most of what is asked, in whatever namespace it is', async () => {
    const claims = { repository: 'octo-org/many' };
    const reads = await addRule({ claims, grants: [{ repository: 'acme/*', actions: ['pull'] }] });
    const writes = await addRule({ claims: { ...claims, ref: 'refs/heads/main' } });
    const elsewhere = await addRule({ namespace: 'beta', claims });
    const ruleFor = async (scope: string, more = {}) =>
      (await running.claimsOf(await login(await jobOf('octo-org/many', more), scope))).principal?.id;
    expect(await ruleFor('repository:acme/app:pull')).toBe(reads.id);
    expect(await ruleFor('repository:acme/app:pull,push')).toBe(writes.id);
    expect(await ruleFor('repository:beta/app:pull')).toBe(elsewhere.id);
    expect(await ruleFor('repository:acme/app:pull,push', { ref: 'refs/heads/topic' })).toBe(reads.id);
  });

  it('stops giving anything when the rule goes', async () => {
    const rule = await addRule();
    const token = await jobOf(`octo-org/app-${made}`);
    expect((await login(token)).status).toBe(200);
    await new TrustRuleStore(running.database).delete(await namespaceOf('acme'), rule.id, actorOf(alice));
    expect((await login(token)).status).toBe(401);
  });

  it.each<[string, Rule, Record<string, unknown>]>([
    ['another repository', {}, { repository: 'octo-org/evil' }],
    ['another audience', { audience: 'https://elsewhere.example' }, {}],
    [
      'a claim that the token does not have',
      { claims: { repository: 'octo-org/claims', team: '*' } },
      { repository: 'octo-org/claims' },
    ],
    ['a pattern that does not match', { claims: { sub: 'repo:octo-org/app:environment:*' } }, {}],
  ])('is refused by a rule for %s', async (_, rule, more) => {
    await addRule(rule);
    const response = await login(
      await issuer.sign(githubJobClaims(AUDIENCE, { repository: `octo-org/app-${made}`, ...more })),
    );
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Basic');
    expect(await response.text()).toContain('no trust rule takes this ID token');
  });

  it('is refused when it is not by the issuer, has expired, or holds what no rule can', async () => {
    await addRule();
    const other = await TestIssuer.start();
    const claims = githubJobClaims(AUDIENCE, { repository: `octo-org/app-${made}` });
    const forged = await other.sign({ ...claims, iss: issuer.url });
    expect(await (await login(forged)).text()).toContain('signed with a key that its issuer does not have');
    await other.close();
    const now = Math.floor(Date.now() / 1000);
    const expired = await issuer.sign({ ...claims, iat: now - 1000, exp: now - 500 });
    expect(await (await login(expired)).text()).toContain('has expired');
    for (const odd of [{ note: 'a\0b' }, { note: '\ud800' }, { 'no\0te': 'x' }, { sub: 'a\n\u001b[31m' }]) {
      expect((await login(await issuer.sign({ ...claims, ...odd }))).status).toBe(200);
    }
    expect((await login(await issuer.sign({ ...claims, aud: 'a\0' }))).status).toBe(401);
  });

  it('sends nobody to an issuer that no rule trusts, or that is inside the network and not listed', async () => {
    const stranger = await TestIssuer.start();
    const token = await stranger.sign({ sub: 'a', aud: AUDIENCE });
    expect((await login(token)).status).toBe(401);
    const store = new TrustRuleStore(running.database);
    const rule = { name: 'inside', issuer: stranger.url, audience: AUDIENCE, claims: { sub: 'a' }, grants: [] };
    await store.create(await namespaceOf('acme'), rule, actorOf(alice));
    const response = await login(token);
    expect(response.status).toBe(401);
    expect(await response.text()).toContain('the issuer of the ID token must begin with https://');
    expect(stranger.requests).toEqual([]);
    await stranger.close();
  });

  it('is answered with 503 while the keys of its issuer can not be had', async () => {
    const away = await TestIssuer.start();
    const other = await startService({ privateIssuers: [away.url] });
    const bob = await addUser(other.database, 'bob');
    await addNamespace(other.database, 'acme', { owner: bob });
    const namespace = (await new NamespaceStore(other.database).findVisible('acme', bob.id))!;
    const rule = { name: 'away', issuer: away.url, audience: AUDIENCE, claims: { sub: 'a' }, grants: [] };
    await new TrustRuleStore(other.database).create(namespace, rule, actorOf(bob));
    away.answer = (_, answer) => answer.writeHead(500).end('something private');
    const response = await other.get([], basic('oidc', await away.sign({ sub: 'a', aud: AUDIENCE })));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('15');
    const text = await response.text();
    expect(text).toContain('the issuer of the ID token answered with an error');
    expect(text).not.toContain('private');
    await other.stop();
    await away.close();
  });
});

describe('the exchange of an ID token', () => {
  it('answers as RFC 8693 says', async () => {
    await addRule();
    const subject_token = await jobOf(`octo-org/app-${made}`);
    const form = new URLSearchParams({ ...EXCHANGE, subject_token, scope: 'repository:acme/app:push' });
    const response = await fetch(`${running.origin}/token`, { method: 'POST', body: form });
    expect(response.status).toBe(200);
    const body = await bodyOf(response);
    expect(body).toEqual({
      token: body.access_token,
      access_token: expect.any(String),
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: 300,
      issued_at: expect.any(String),
      scope: 'repository:acme/app:push',
    });
  });

  it.each([
    [{ subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' }, 'subject_token_type must be'],
    [{ subject_token_type: '' }, 'subject_token_type is missing'],
    [{ subject_token: '' }, 'subject_token is missing'],
    [{ service: 'elsewhere' }, 'service must be given once'],
  ])('refuses %j', async (wrong, message) => {
    const response = await running.post({ ...EXCHANGE, subject_token: 'x', ...wrong });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(message);
  });

  it('refuses what is no ID token', async () => {
    const response = await running.post({ ...EXCHANGE, subject_token: 'hunter2' });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('hunter2');
  });
});

describe('the session of a job', () => {
  async function session(): Promise<{ secret: string; ruleId: string }> {
    const rule = await addRule();
    const subject_token = await jobOf(`octo-org/app-${made}`);
    const body = await bodyOf(await running.post({ ...EXCHANGE, subject_token, access_type: 'offline' }));
    return { secret: body.refresh_token!, ruleId: rule.id };
  }

  it('outlives the ID token: as a refresh token and as a password', async () => {
    const { secret, ruleId } = await session();
    expect(secret).toMatch(/^stw_job_/);
    const scope = 'repository:acme/app:push';
    const refreshed = await running.post({ grant_type: 'refresh_token', refresh_token: secret, scope });
    expect((await running.claimsOf(refreshed)).principal).toMatchObject({ kind: 'rule', id: ruleId });
    const byPassword = await running.claimsOf(await login(secret, scope));
    expect(byPassword.access).toMatchObject([{ name: 'acme/app', actions: ['push'] }]);
  });

  it('is what docker login keeps', async () => {
    await addRule();
    const token = await jobOf(`octo-org/app-${made}`);
    const answer = await bodyOf(await running.get([['offline_token', 'true']], basic('oidc', token)));
    expect(answer.refresh_token).toMatch(/^stw_job_/);
  });

  it('ends with its rule, and after an hour', async () => {
    const { secret, ruleId } = await session();
    const other = await session();
    await new TrustRuleStore(running.database).delete(await namespaceOf('acme'), ruleId, actorOf(alice));
    expect((await login(secret)).status).toBe(401);
    expect((await login(other.secret)).status).toBe(200);
    await running.database.prepared('test_end', `UPDATE job_session SET expires_at = now() - interval '1 second'`, []);
    const response = await login(other.secret);
    expect(response.status).toBe(401);
    expect(await response.text()).toContain('the session of this job has ended');
  });

  it('is kept as a hash', async () => {
    const { secret } = await session();
    const rows = await running.database.prepared<{ text: string }>(
      'test_rows',
      'SELECT row_to_json(s)::text AS text FROM job_session s',
      [],
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ text }) => text).join()).not.toContain(secret.slice(8));
  });
});

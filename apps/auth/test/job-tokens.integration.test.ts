import { NamespaceStore, TrustRuleStore } from '@stowage/metadata';
import { githubJobClaims, gitlabJobClaims, TestIssuer } from '@stowage/oidc/testing';
import { describe, expect, it } from 'vitest';
import { AUDIENCE, CiJobs, type Rule } from './support/ci-jobs.js';
import { actorOf, addNamespace, addRepository, addUser } from './support/people.js';
import { basic, startService } from './support/running-service.js';

const jobs = new CiJobs();

describe('the ID token of a CI job as the password', () => {
  it.each(['oidc', 'anything', '<token>'])('lets a job of GitHub Actions in, as %s', async (user) => {
    const rule = await jobs.addRule();
    const repository = jobs.source;
    const response = await jobs.login(await jobs.tokenOf(repository), 'repository:acme/app:pull,push,delete', user);
    expect(response.status).toBe(200);
    const claims = await jobs.running.claimsOf(response);
    expect(claims.access).toEqual([{ type: 'repository', name: 'acme/app', actions: ['pull', 'push'] }]);
    const name = `job repo:octo-org/app:ref:refs/heads/main by acme/${rule.name}`;
    expect(claims.principal).toEqual({ kind: 'rule', id: rule.id, name });
    expect(claims.credentialId).toBeNull();
  });

  it('lets a job of GitLab CI in', async () => {
    await jobs.addRule({ claims: { project_path: 'octo-group/app', ref_path: 'refs/heads/*', ref_protected: 'true' } });
    const response = await jobs.login(await jobs.issuer.sign(gitlabJobClaims(AUDIENCE)), 'repository:acme/app:push');
    expect((await jobs.running.claimsOf(response)).access).toMatchObject([{ actions: ['push'] }]);
  });

  it('notes when a rule was used last, and by which job', async () => {
    const rule = await jobs.addRule();
    await jobs.login(await jobs.tokenOf(jobs.source, { sub: 'repo:octo-org/app:environment:production' }));
    const rules = await jobs.rules.list(await jobs.namespaceOf('acme'), { last: '', limit: 100 });
    const used = rules.find(({ id }) => id === rule.id);
    expect(used).toMatchObject({ lastUsedBy: 'repo:octo-org/app:environment:production' });
    expect(used?.lastUsedAt).toBeInstanceOf(Date);
  });

  it('gives nothing outside the namespace of the rule, and nothing internal', async () => {
    await jobs.addRule();
    await addRepository(jobs.running.database, 'beta/internal', 'internal');
    await addRepository(jobs.running.database, 'beta/public', 'public');
    const scope = 'repository:beta/app:pull repository:beta/internal:pull repository:beta/public:pull,push';
    const response = await jobs.login(await jobs.tokenOf(jobs.source), scope);
    expect((await jobs.running.claimsOf(response)).access).toEqual([
      { type: 'repository', name: 'beta/public', actions: ['pull'] },
    ]);
  });

  it('acts by the rule that gives most of what is asked, in whatever namespace it is', async () => {
    const claims = { repository: 'octo-org/many' };
    const reads = await jobs.addRule({ claims, grants: [{ repository: 'acme/*', actions: ['pull'] }] });
    const writes = await jobs.addRule({ claims: { ...claims, ref: 'refs/heads/main' } });
    const elsewhere = await jobs.addRule({ namespace: 'beta', claims });
    const ruleFor = async (scope: string, more = {}) =>
      (await jobs.running.claimsOf(await jobs.login(await jobs.tokenOf('octo-org/many', more), scope))).principal?.id;
    expect(await ruleFor('repository:acme/app:pull')).toBe(reads.id);
    expect(await ruleFor('repository:acme/app:pull,push')).toBe(writes.id);
    expect(await ruleFor('repository:beta/app:pull')).toBe(elsewhere.id);
    expect(await ruleFor('repository:acme/app:pull,push', { ref: 'refs/heads/topic' })).toBe(reads.id);
  });

  it('stops giving anything when the rule goes', async () => {
    const rule = await jobs.addRule();
    const token = await jobs.tokenOf(jobs.source);
    expect((await jobs.login(token)).status).toBe(200);
    await jobs.deleteRule(rule.id);
    expect((await jobs.login(token)).status).toBe(401);
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
    await jobs.addRule(rule);
    const response = await jobs.login(
      await jobs.issuer.sign(githubJobClaims(AUDIENCE, { repository: jobs.source, ...more })),
    );
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Basic');
    expect(await response.text()).toContain('no trust rule takes this ID token');
  });

  it('is refused when it is not by the jobs.issuer, has expired, or holds what no rule can', async () => {
    await jobs.addRule();
    const other = await TestIssuer.start();
    const claims = githubJobClaims(AUDIENCE, { repository: jobs.source });
    const forged = await other.sign({ ...claims, iss: jobs.issuer.url });
    expect(await (await jobs.login(forged)).text()).toContain('signed with a key that its issuer does not have');
    await other.close();
    const now = Math.floor(Date.now() / 1000);
    const expired = await jobs.issuer.sign({ ...claims, iat: now - 1000, exp: now - 500 });
    expect(await (await jobs.login(expired)).text()).toContain('has expired');
    for (const odd of [{ note: 'a\0b' }, { note: '\ud800' }, { 'no\0te': 'x' }, { sub: 'a\n\u001b[31m' }]) {
      expect((await jobs.login(await jobs.issuer.sign({ ...claims, ...odd }))).status).toBe(200);
    }
    expect((await jobs.login(await jobs.issuer.sign({ ...claims, aud: 'a\0' }))).status).toBe(401);
  });

  it('sends nobody to an issuer that no rule trusts, or that is inside the network and not listed', async () => {
    const stranger = await TestIssuer.start();
    const token = await stranger.sign({ sub: 'a', aud: AUDIENCE });
    expect((await jobs.login(token)).status).toBe(401);
    const store = jobs.rules;
    const rule = { name: 'inside', issuer: stranger.url, audience: AUDIENCE, claims: { sub: 'a' }, grants: [] };
    await store.create(await jobs.namespaceOf('acme'), rule, actorOf(jobs.alice));
    const response = await jobs.login(token);
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

import { describe, expect, it } from 'vitest';
import { CiJobs, EXCHANGE } from './support/ci-jobs.js';
import { basic, bodyOf } from './support/running-service.js';

const jobs = new CiJobs();

describe('the exchange of an ID token', () => {
  it('answers as RFC 8693 says', async () => {
    await jobs.addRule();
    const subject_token = await jobs.tokenOf(jobs.source);
    const form = new URLSearchParams({ ...EXCHANGE, subject_token, scope: 'repository:acme/app:push' });
    const response = await fetch(`${jobs.running.origin}/token`, { method: 'POST', body: form });
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
    const response = await jobs.running.post({ ...EXCHANGE, subject_token: 'x', ...wrong });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(message);
  });

  it('refuses what is no ID token', async () => {
    const response = await jobs.running.post({ ...EXCHANGE, subject_token: 'hunter2' });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('hunter2');
  });
});

describe('the session of a job', () => {
  async function session(): Promise<{ secret: string; ruleId: string }> {
    const rule = await jobs.addRule();
    const subject_token = await jobs.tokenOf(jobs.source);
    const body = await bodyOf(await jobs.running.post({ ...EXCHANGE, subject_token, access_type: 'offline' }));
    return { secret: body.refresh_token!, ruleId: rule.id };
  }

  it('outlives the ID token: as a refresh token and as a password', async () => {
    const { secret, ruleId } = await session();
    expect(secret).toMatch(/^stw_job_/);
    const scope = 'repository:acme/app:push';
    const refreshed = await jobs.running.post({ grant_type: 'refresh_token', refresh_token: secret, scope });
    expect((await jobs.running.claimsOf(refreshed)).principal).toMatchObject({ kind: 'rule', id: ruleId });
    const byPassword = await jobs.running.claimsOf(await jobs.login(secret, scope));
    expect(byPassword.access).toMatchObject([{ name: 'acme/app', actions: ['push'] }]);
  });

  it('is what docker login keeps', async () => {
    await jobs.addRule();
    const token = await jobs.tokenOf(jobs.source);
    const answer = await bodyOf(await jobs.running.get([['offline_token', 'true']], basic('oidc', token)));
    expect(answer.refresh_token).toMatch(/^stw_job_/);
  });

  it('ends with its rule, and after an hour', async () => {
    const { secret, ruleId } = await session();
    const other = await session();
    await jobs.deleteRule(ruleId);
    expect((await jobs.login(secret)).status).toBe(401);
    expect((await jobs.login(other.secret)).status).toBe(200);
    await jobs.running.database.prepared(
      'test_end',
      `UPDATE job_session SET expires_at = now() - interval '1 second'`,
      [],
    );
    const response = await jobs.login(other.secret);
    expect(response.status).toBe(401);
    expect(await response.text()).toContain('the session of this job has ended');
  });

  it('is kept as a hash', async () => {
    const { secret } = await session();
    const rows = await jobs.running.database.prepared<{ text: string }>(
      'test_rows',
      'SELECT row_to_json(s)::text AS text FROM job_session s',
      [],
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ text }) => text).join()).not.toContain(secret.slice(8));
  });
});

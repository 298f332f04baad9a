import { generateSecretToken, hashSecretToken } from '@stowage/auth';
import { AccessTokenStore, RefreshTokenStore, type UserRecord } from '@stowage/metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actorOf, addAccessToken, addNamespace, addRepository, addUser, PASSWORD, sql } from './support/people.js';
import { basic, bodyOf, type RunningService, service, startService } from './support/running-service.js';

let running: RunningService;
let alice: UserRecord;

beforeAll(async () => {
  running = await startService();
  alice = await addUser(running.database, 'alice');
  await addNamespace(running.database, 'acme', { owner: alice });
  await addRepository(running.database, 'acme/app', 'private');
});
afterAll(() => running.stop());

const refresh = (refreshToken: string, form: Record<string, string> = {}) =>
  running.post({ grant_type: 'refresh_token', refresh_token: refreshToken, ...form });

/** As `docker login` asks: no scope, an account, and a token to keep. */
async function logIn(password: string): Promise<string> {
  const params: [string, string][] = [
    ['account', 'alice'],
    ['client_id', 'docker'],
    ['offline_token', 'true'],
  ];
  return (await bodyOf(await running.get(params, basic('alice', password)))).refresh_token as string;
}

describe('asking for a refresh token', () => {
  it('gives one to users and none to nobody, and only when asked', async () => {
    const offline: [string, string][] = [['offline_token', 'true']];
    expect(await logIn(PASSWORD)).toMatch(/^stw_ref_/);
    expect((await running.get(offline)).status).toBe(200);
    expect(await bodyOf(await running.get(offline))).not.toHaveProperty('refresh_token');
    expect(await bodyOf(await running.get([], basic('alice', PASSWORD)))).not.toHaveProperty('refresh_token');
    const other: [string, string][] = [['offline_token', '1']];
    expect(await bodyOf(await running.get(other, basic('alice', PASSWORD)))).not.toHaveProperty('refresh_token');
  });

  it('gives one to POST with access_type=offline', async () => {
    const form = { grant_type: 'password', username: 'alice', password: PASSWORD };
    expect(await bodyOf(await running.post({ ...form, access_type: 'offline' }))).toHaveProperty('refresh_token');
    expect(await bodyOf(await running.post({ ...form, access_type: 'online' }))).not.toHaveProperty('refresh_token');
  });

  it('keeps a hash of it, and a client id that is safe to print', async () => {
    const client = `docker\n\u0007${'x'.repeat(300)}`;
    const params: [string, string][] = [
      ['client_id', client],
      ['offline_token', 'true'],
    ];
    const { refresh_token: secret = '' } = await bodyOf(await running.get(params, basic('alice', PASSWORD)));
    const rows = await running.database.prepared<{ client_id: string }>(
      'test_refresh',
      'SELECT * FROM refresh_token WHERE hash = $1',
      [hashSecretToken(secret)],
    );
    expect(rows).toMatchObject([{ user_id: alice.id, access_token_id: null, service }]);
    expect(rows[0]?.client_id).toMatch(/^docker\?\?x+$/);
    expect(rows[0]?.client_id).toHaveLength(255);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe('a refresh token', () => {
  it('gives tokens again and again, and is the same each time', async () => {
    const secret = await logIn(PASSWORD);
    for (const scope of ['repository:acme/app:pull', 'repository:acme/app:push']) {
      const body = await bodyOf(await refresh(secret, { scope, access_type: 'offline' }));
      expect(body).toMatchObject({ refresh_token: secret, scope, expires_in: 300 });
    }
    const claims = await running.claimsOf(await refresh(secret));
    expect(claims).toMatchObject({ principal: { kind: 'user', id: alice.id, name: 'alice' }, credentialId: null });
  });

  it('works with the user names that docker sends with it', async () => {
    const secret = await logIn(PASSWORD);
    for (const username of ['', '<token>']) expect((await refresh(secret, { username })).status).toBe(200);
  });

  it('is bound to the grants of its access token, and to its use', async () => {
    const grants = [{ repository: 'acme/app', actions: ['push' as const] }];
    const { id, secret } = await addAccessToken(running.database, alice, grants);
    const refreshToken = await logIn(secret);
    await sql(running.database, 'UPDATE access_token SET last_used_at = NULL WHERE id = $1::uuid', id);
    const response = await refresh(refreshToken, { scope: 'repository:acme/app:* registry:catalog:*' });
    const claims = await running.claimsOf(response.clone());
    expect(claims.credentialExpiresAt).toEqual(expect.any(Date));
    expect(claims).toMatchObject({ credentialId: id, access: [{ name: 'acme/app', actions: ['push'] }] });
    expect((await bodyOf(response)).scope).toBe('repository:acme/app:push');
    const [used] = await running.database.prepared('t_used', 'SELECT last_used_at FROM access_token WHERE id = $1', [
      id,
    ]);
    expect(used).toEqual({ last_used_at: expect.any(Date) });
  });

  it('dies with its access token', async () => {
    const { id, secret } = await addAccessToken(running.database, alice);
    const refreshToken = await logIn(secret);
    expect((await refresh(refreshToken)).status).toBe(200);
    await new AccessTokenStore(running.database).delete(id, alice.id, actorOf(alice));
    const response = await refresh(refreshToken);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ message: expect.stringContaining('docker login') }] });
  });

  it.each([
    ['its access token has expired', `UPDATE access_token SET expires_at = now() - interval '1 s'`],
    ['nobody has used it for 90 days', `UPDATE refresh_token SET last_used_at = now() - interval '91 days'`],
    ['its user is disabled', 'UPDATE app_user SET disabled_at = now()'],
  ])('is refused when %s', async (_, change) => {
    const { secret } = await addAccessToken(running.database, alice);
    const refreshToken = await logIn(secret);
    await sql(running.database, change);
    expect((await refresh(refreshToken)).status).toBe(401);
    await sql(running.database, 'UPDATE app_user SET disabled_at = NULL');
    await sql(running.database, 'DELETE FROM access_token');
  });

  it('is good for the service it was made for and no other', async () => {
    const { text } = generateSecretToken('refresh');
    const actor = { ...actorOf(alice), id: alice.id };
    const token = { hash: hashSecretToken(text), accessTokenId: null, clientId: 'x', actor };
    await new RefreshTokenStore(running.database).create({ ...token, service: 'other.example.com' });
    expect((await refresh(text)).status).toBe(401);
  });

  it('is no password, and an access token is no refresh token', async () => {
    const refreshToken = await logIn(PASSWORD);
    expect((await running.get([], basic('alice', refreshToken))).status).toBe(401);
    expect((await running.get([], basic('<token>', refreshToken))).status).toBe(401);
    const { secret } = await addAccessToken(running.database, alice);
    expect((await refresh(secret)).status).toBe(401);
  });
});

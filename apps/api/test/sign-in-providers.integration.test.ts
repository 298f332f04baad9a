import { generateTotpKey } from '@stowage/authenticators';
import { sessionRecordId } from '@stowage/metadata';
import { aName } from '@stowage/metadata/testing';
import { describe, expect, it } from 'vitest';
import { signUp } from './open-api.js';
import { CALLBACK, ProviderSignIn } from './provider-sign-in.js';

const site = await ProviderSignIn.open();
const closed = site.another({ signUp: 'closed' });

/** What only the browser that began it knows: the address that it came back to. */
async function stateOf(cookie: string): Promise<string | undefined> {
  const rows = await site.api.database.prepared<{ id: string; state: string }>(
    'test_state',
    `SELECT encode(id, 'hex') AS id, data #>> '{providerSignIn,attempt,state}' AS state FROM session`,
    [],
  );
  const sessionId = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? '';
  return rows.find(({ id }) => id === sessionRecordId(sessionId))?.state;
}

describe('sign-in with a provider', () => {
  it('asks with a state, a nonce and PKCE, and comes back to the registry alone', async () => {
    const { page } = await site.begin();
    const asked = Object.fromEntries(page.searchParams);
    expect(page.origin).toBe(site.provider.url);
    expect(asked).toMatchObject({ response_type: 'code', redirect_uri: CALLBACK, code_challenge_method: 'S256' });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).toMatch(/^[\w-]{43}$/);
    const list = await site.api.ask('GET /sign-in-providers');
    expect(list.json).toEqual({ items: [{ id: 'oidc', name: 'Harbour' }] });
    expect((await site.api.ask('POST /sign-in-providers/github/attempts', { body: {} })).status).toBe(404);
  });

  it('makes an account for a newcomer, whose address the provider has verified, and signs in to it again', async () => {
    const account = site.newcomer();
    const first = await site.visit(account, site.api, { next: '/n/acme' });
    expect(first.json).toEqual({
      outcome: 'new',
      provider: 'oidc',
      email: `${account}@example.com`,
      username: `ada-${account}`,
    });
    const username = aName('ada');
    const made = await site.api.ask('POST /sign-in-attempts/account', { cookie: first.sent, body: { username } });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ outcome: 'signed-in', next: '/n/acme', user: { username, isAdmin: false } });
    // The session that began it is worth nothing after it.
    expect(made.cookie).not.toBe(first.sent);
    expect((await site.api.ask('GET /session', { cookie: first.sent })).status).toBe(401);
    const again = await site.visit(account);
    expect(again.json).toMatchObject({ outcome: 'signed-in', user: { username }, next: null });
    const identities = await site.api.ask('GET /account/identities', { cookie: String(again.cookie) });
    expect(identities.json['items']).toMatchObject([{ provider: 'oidc', name: `Ada ${account}` }]);
  });

  it('goes by the subject, whatever somebody calls themselves', async () => {
    const victim = await signUp(site.api);
    const account = site.newcomer({ preferred_username: victim.username });
    const { json } = await site.visit(account);
    expect(json).toMatchObject({ outcome: 'new' });
  });

  it('never links by the address: who owns the account signs in to it first', async () => {
    const { username } = await site.join(site.newcomer());
    const [user] = await site.api.database.prepared<{ email: string }>(
      'test_email',
      'SELECT email FROM app_user WHERE username = $1',
      [username],
    );
    const answer = await site.visit(site.newcomer({ email: user?.email }));
    expect(answer.status).toBe(409);
    expect(answer.json['detail']).toContain('Sign in to that one first');
  });

  it.each([
    ['no address', { email: undefined }],
    ['an address that nobody has verified', { email_verified: false }],
  ])('takes no newcomer with %s', async (_, more) => {
    const answer = await site.visit(site.newcomer(more));
    expect(answer.status).toBe(403);
    expect(answer.json['detail']).toContain('has not verified an e-mail address');
  });

  it('takes no newcomer where sign-up is closed', async () => {
    const answer = await site.visit(site.newcomer(), closed);
    expect(answer.status).toBe(403);
    const made = await closed.ask('POST /sign-in-attempts/account', {
      cookie: answer.sent,
      body: { username: aName('ada') },
    });
    expect(made.status).toBe(403);
  });

  it('keeps a disabled account out', async () => {
    const account = site.newcomer();
    const { username } = await site.join(account);
    await site.api.database.prepared('test_disable', 'UPDATE app_user SET disabled_at = now() WHERE username = $1', [
      username,
    ]);
    expect((await site.visit(account)).status).toBe(403);
  });

  it('asks for the second factor of the account', async () => {
    const account = site.newcomer();
    const { username } = await site.join(account);
    await site.api.database.prepared(
      'test_totp',
      `INSERT INTO totp_factor (user_id, key, last_step) SELECT id, $2, 0 FROM app_user WHERE username = $1`,
      [username, generateTotpKey()],
    );
    const answer = await site.visit(account);
    expect(answer.status).toBe(401);
    expect(answer.json['reason']).toBe('second-factor-needed');
    const state = (await stateOf(answer.sent)) ?? '';
    // The provider has been asked already; what is missing is sent alone.
    const wrong = await site.complete(answer.sent, { state, totp: '000000' });
    expect(wrong.status).toBe(401);
    expect(wrong.json['errors']).toMatchObject([{ field: 'totp' }]);
    expect((await site.api.ask('GET /session', { cookie: answer.sent })).status).toBe(401);
  });
});

import { generateTotpKey } from '@stowage/authenticators';
import { sessionRecordId } from '@stowage/metadata';
import { aName } from '@stowage/metadata/testing';
import { OpenIdProvider } from '@stowage/oidc/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ApiAnswer, openApi, ORIGIN, PASSWORD, type SignedIn, signUp } from './open-api.js';

const CALLBACK = `${ORIGIN}/sign-in/callback`;
const CLIENT = { id: 'stowage', secret: 'a-secret-of-the-client' };
const provider = await OpenIdProvider.start();
provider.serve({ ...CLIENT, redirectUri: CALLBACK });
const settings = {
  id: 'oidc',
  name: 'Harbour',
  url: provider.url,
  clientId: CLIENT.id,
  clientSecret: CLIENT.secret,
} as const;
const api = openApi({ signInProviders: [settings] });
const closed = openApi({ signInProviders: [settings], signUp: 'closed' });
afterAll(async () => provider.stop());

interface Begun {
  readonly cookie: string;
  readonly page: URL;
}

async function begin(site = api, body: object = {}): Promise<Begun> {
  const answer = await site.ask('POST /sign-in-providers/oidc/attempts', { body });
  expect(answer.status).toBe(201);
  return { cookie: String(answer.cookie), page: new URL(String(answer.json['url'])) };
}

const answerOf = (back: URL): Record<string, string> => Object.fromEntries(back.searchParams);
const complete = async (cookie: string, body: object, site = api) =>
  site.ask('POST /sign-in-attempts/completion', { cookie, body });

/** All of it as `account`: what the completion answers, and the cookie that it was sent with. */
async function visit(account: string, site = api, body: object = {}): Promise<ApiAnswer & { sent: string }> {
  const { cookie, page } = await begin(site, body);
  const back = await provider.visit(page.href, account);
  return { ...(await complete(cookie, answerOf(back), site)), sent: cookie };
}

/** What only the browser that began it knows: the address that it came back to. */
async function stateOf(cookie: string): Promise<string | undefined> {
  const rows = await api.database.prepared<{ id: string; state: string }>(
    'test_state',
    `SELECT encode(id, 'hex') AS id, data #>> '{providerSignIn,attempt,state}' AS state FROM session`,
    [],
  );
  const sessionId = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? '';
  return rows.find(({ id }) => id === sessionRecordId(sessionId))?.state;
}

function newcomer(more: object = {}): string {
  const id = aName('harbour');
  const claims = { email: `${id}@example.com`, email_verified: true, preferred_username: `Ada ${id}` };
  provider.accounts.set(id, { ...claims, ...more });
  return id;
}

async function join(account: string): Promise<{ username: string; cookie: string }> {
  const first = await visit(account);
  const username = aName('ada');
  const made = await api.ask('POST /sign-in-attempts/account', { cookie: first.sent, body: { username } });
  expect(made.status).toBe(201);
  return { username, cookie: String(made.cookie) };
}

async function link(person: SignedIn, account: string): Promise<ApiAnswer> {
  const begun = await api.ask('POST /account/identities', { cookie: person.cookie, body: { provider: 'oidc' } });
  expect(begun.status).toBe(201);
  const back = await provider.visit(String(begun.json['url']), account);
  return complete(person.cookie, answerOf(back));
}

describe('sign-in with a provider', () => {
  it('asks with a state, a nonce and PKCE, and comes back to the registry alone', async () => {
    const { page } = await begin();
    const asked = Object.fromEntries(page.searchParams);
    expect(page.origin).toBe(provider.url);
    expect(asked).toMatchObject({ response_type: 'code', redirect_uri: CALLBACK, code_challenge_method: 'S256' });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).toMatch(/^[\w-]{43}$/);
    const list = await api.ask('GET /sign-in-providers');
    expect(list.json).toEqual({ items: [{ id: 'oidc', name: 'Harbour' }] });
    expect((await api.ask('POST /sign-in-providers/github/attempts', { body: {} })).status).toBe(404);
  });

  it('makes an account for a newcomer, whose address the provider has verified, and signs in to it again', async () => {
    const account = newcomer();
    const first = await visit(account, api, { next: '/n/acme' });
    expect(first.json).toEqual({
      outcome: 'new',
      provider: 'oidc',
      email: `${account}@example.com`,
      username: `ada-${account}`,
    });
    const username = aName('ada');
    const made = await api.ask('POST /sign-in-attempts/account', { cookie: first.sent, body: { username } });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ outcome: 'signed-in', next: '/n/acme', user: { username, isAdmin: false } });
    // The session that began it is worth nothing after it.
    expect(made.cookie).not.toBe(first.sent);
    expect((await api.ask('GET /session', { cookie: first.sent })).status).toBe(401);
    const again = await visit(account);
    expect(again.json).toMatchObject({ outcome: 'signed-in', user: { username }, next: null });
    const identities = await api.ask('GET /account/identities', { cookie: String(again.cookie) });
    expect(identities.json['items']).toMatchObject([{ provider: 'oidc', name: `Ada ${account}` }]);
  });

  it('goes by the subject, whatever somebody calls themselves', async () => {
    const victim = await signUp(api);
    const account = newcomer({ preferred_username: victim.username });
    const { json } = await visit(account);
    expect(json).toMatchObject({ outcome: 'new' });
  });

  it('never links by the address: who owns the account signs in to it first', async () => {
    const { username } = await join(newcomer());
    const [user] = await api.database.prepared<{ email: string }>(
      'test_email',
      'SELECT email FROM app_user WHERE username = $1',
      [username],
    );
    const answer = await visit(newcomer({ email: user?.email }));
    expect(answer.status).toBe(409);
    expect(answer.json['detail']).toContain('Sign in to that one first');
  });

  it.each([
    ['no address', { email: undefined }],
    ['an address that nobody has verified', { email_verified: false }],
  ])('takes no newcomer with %s', async (_, more) => {
    const answer = await visit(newcomer(more));
    expect(answer.status).toBe(403);
    expect(answer.json['detail']).toContain('has not verified an e-mail address');
  });

  it('takes no newcomer where sign-up is closed', async () => {
    const answer = await visit(newcomer(), closed);
    expect(answer.status).toBe(403);
    const made = await closed.ask('POST /sign-in-attempts/account', {
      cookie: answer.sent,
      body: { username: aName('ada') },
    });
    expect(made.status).toBe(403);
  });

  it('keeps a disabled account out', async () => {
    const account = newcomer();
    const { username } = await join(account);
    await api.database.prepared('test_disable', 'UPDATE app_user SET disabled_at = now() WHERE username = $1', [
      username,
    ]);
    expect((await visit(account)).status).toBe(403);
  });

  it('asks for the second factor of the account', async () => {
    const account = newcomer();
    const { username } = await join(account);
    await api.database.prepared(
      'test_totp',
      `INSERT INTO totp_factor (user_id, key, last_step) SELECT id, $2, 0 FROM app_user WHERE username = $1`,
      [username, generateTotpKey()],
    );
    const answer = await visit(account);
    expect(answer.status).toBe(401);
    expect(answer.json['reason']).toBe('second-factor-needed');
    const state = (await stateOf(answer.sent)) ?? '';
    // The provider has been asked already; what is missing is sent alone.
    const wrong = await complete(answer.sent, { state, totp: '000000' });
    expect(wrong.status).toBe(401);
    expect(wrong.json['errors']).toMatchObject([{ field: 'totp' }]);
    expect((await api.ask('GET /session', { cookie: answer.sent })).status).toBe(401);
  });
});

describe('sign-up with a provider by invitation', () => {
  const byInvitation = async () =>
    api.database.prepared('test_mode', `INSERT INTO setting (name, value) VALUES ('sign-up.mode', '"invite"')`, []);
  afterEach(async () => {
    await api.database.prepared('test_mode_end', `DELETE FROM setting WHERE name = 'sign-up.mode'`, []);
  });

  it('makes an account for who was invited, where sign-up is by invitation; the code is kept as a hash and works once', async () => {
    const captain = await signUp(api);
    await api.database.prepared('test_admin', 'UPDATE app_user SET is_admin = true WHERE id = $1', [captain.id]);
    const [account, other] = [newcomer(), newcomer()];
    const created = await api.ask('POST /admin/sign-up-invitations', {
      cookie: captain.cookie,
      body: { email: `${account}@example.com` },
    });
    const invitation = String(created.json['link']).split('#')[1];
    await byInvitation();
    const refused = await visit(account);
    expect(refused.status).toBe(403);
    expect(refused.json['detail']).toContain('Open the link of your invitation');
    const join = async (who: string) => {
      const first = await visit(who, api, { invitation });
      expect(first.json).toMatchObject({ outcome: 'new' });
      return api.ask('POST /sign-in-attempts/account', {
        cookie: first.sent,
        body: { username: aName('ada') },
      });
    };
    expect((await join(other)).status).toBe(403); // it is for another address
    const kept = await api.database.prepared<{ text: string }>(
      'test_kept',
      'SELECT data::text AS text FROM session',
      [],
    );
    expect(kept.map(({ text }) => text).join('')).not.toContain(invitation);
    expect((await join(account)).status).toBe(201);
    expect((await join(newcomer())).status).toBe(403);
    const wrong = await api.ask('POST /sign-in-providers/oidc/attempts', { body: { invitation: 'x' } });
    expect(wrong.status).toBe(403);
  });

  it('makes a member of who was invited to a namespace', async () => {
    const owner = await signUp(api);
    const name = aName('org');
    await api.ask('POST /namespaces', { cookie: owner.cookie, body: { name } });
    const made = await api.ask(`POST /namespaces/${name}/invitations`, {
      cookie: owner.cookie,
      body: { role: 'developer' },
    });
    const invitation = String(made.json['link']).split('#')[1];
    await byInvitation();
    const first = await visit(newcomer(), api, { invitation });
    const body = { username: aName('ada') };
    const joined = await api.ask('POST /sign-in-attempts/account', { cookie: first.sent, body });
    expect(joined.status).toBe(201);
    const members = await api.ask(`GET /namespaces/${name}/members`, { cookie: owner.cookie });
    expect(members.json['items']).toEqual(
      expect.arrayContaining([expect.objectContaining({ username: body.username, role: 'developer' })]),
    );
  });
});

describe('the answer of a provider', () => {
  it.each<[string, (back: URL) => object, number]>([
    ['another state', (back) => ({ ...answerOf(back), state: 'x'.repeat(43) }), 400],
    ['another code', (back) => ({ ...answerOf(back), code: 'not-the-code' }), 403],
    ['no code', (back) => ({ ...answerOf(back), code: undefined }), 403],
    ['the issuer of somebody else', (back) => ({ ...answerOf(back), iss: 'https://evil.example' }), 403],
    ['a refusal', (back) => ({ ...answerOf(back), code: undefined, error: 'access_denied' }), 403],
  ])('is refused with %s, and then worth nothing', async (_, change, status) => {
    const { cookie, page } = await begin();
    const back = await provider.visit(page.href, newcomer());
    expect((await complete(cookie, change(back))).status).toBe(status);
    expect((await api.ask('GET /session', { cookie })).status).toBe(401);
    if (status === 403) expect((await complete(cookie, answerOf(back))).status).toBe(400);
  });

  it('is refused in another browser, and a second time', async () => {
    const account = newcomer();
    await join(account);
    const mine = await begin();
    const theirs = await begin();
    const back = await provider.visit(mine.page.href, account);
    expect((await complete(theirs.cookie, answerOf(back))).status).toBe(400);
    expect((await api.ask('POST /sign-in-attempts/completion', { body: answerOf(back) })).status).toBe(400);
    const done = await complete(mine.cookie, answerOf(back));
    expect(done.status).toBe(200);
    expect((await complete(mine.cookie, answerOf(back))).status).toBe(400);
    expect((await complete(String(done.cookie), answerOf(back))).status).toBe(400);
  });

  it('is refused after ten minutes', async () => {
    const { cookie, page } = await begin();
    const back = await provider.visit(page.href, newcomer());
    await api.database.prepared(
      'test_late',
      `UPDATE session SET data = jsonb_set(data, '{providerSignIn,expiresAtMs}', '1') WHERE data ? 'providerSignIn'`,
      [],
    );
    expect((await complete(cookie, answerOf(back))).status).toBe(400);
  });
});

describe('where a sign-in leads', () => {
  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\evil.example',
    'javascript:alert(1)',
    'n/acme',
    '/\t/evil.example',
    '/\n/evil.example',
    '',
    ' /',
    '/a\\b',
    'https:evil.example',
  ])('is never %j', async (next) => {
    expect((await api.ask('POST /sign-in-providers/oidc/attempts', { body: { next } })).status).toBe(400);
  });
});

describe('linking', () => {
  let person: SignedIn;
  beforeAll(async () => {
    person = await signUp(api);
  });

  it('is for those who have signed in to the account, and leaves one audit row', async () => {
    const account = newcomer();
    expect((await link(person, account)).json).toEqual({ outcome: 'linked', provider: 'oidc' });
    const signedIn = await visit(account);
    expect(signedIn.json).toMatchObject({ outcome: 'signed-in', user: { username: person.username } });
    const rows = await api.database.prepared(
      'test_rows',
      `SELECT 1 FROM audit_event WHERE action = 'identity.link' AND actor_id = $1`,
      [person.id],
    );
    expect(rows).toHaveLength(1);
  });

  it('takes no identity that is somebody else’s', async () => {
    const account = newcomer();
    await join(account);
    expect((await link(person, account)).status).toBe(409);
  });

  it('is refused when somebody else has signed in meanwhile', async () => {
    const begun = await api.ask('POST /account/identities', { cookie: person.cookie, body: { provider: 'oidc' } });
    const back = await provider.visit(String(begun.json['url']), newcomer());
    await api.ask('DELETE /session', { cookie: person.cookie });
    expect((await complete(person.cookie, answerOf(back))).status).toBe(400);
    const login = { login: person.username, password: PASSWORD };
    person = { ...person, cookie: String((await api.ask('POST /session', { body: login })).cookie) };
  });

  it('ends when its owner says so; of somebody else it is not there', async () => {
    const account = newcomer();
    await link(person, account);
    const list = await api.ask('GET /account/identities', { cookie: person.cookie });
    const { id } = (list.json['items'] as { id: string }[]).at(-1)!;
    const other = await signUp(api);
    expect((await api.ask(`DELETE /account/identities/${id}`, { cookie: other.cookie })).status).toBe(404);
    expect((await api.ask(`DELETE /account/identities/${id}`, { cookie: person.cookie })).status).toBe(204);
    expect((await visit(account)).json).toMatchObject({ outcome: 'new' });
  });
});

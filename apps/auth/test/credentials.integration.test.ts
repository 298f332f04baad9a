import { generateSecretToken, PasswordHasher } from '@stowage/auth';
import { SessionStore, type UserRecord } from '@stowage/metadata';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  addAccessToken,
  addNamespace,
  addRepository,
  addUser,
  type MadeAccessToken,
  PASSWORD,
  sql,
} from './support/people.js';
import { basic, publicUrl, type RunningService, service, startService } from './support/running-service.js';

let running: RunningService;
let alice: UserRecord;
let bob: UserRecord;
let ofAlice: MadeAccessToken;

beforeAll(async () => {
  running = await startService();
  const { database } = running;
  alice = await addUser(database, 'alice');
  bob = await addUser(database, 'bob');
  ofAlice = await addAccessToken(database, alice);
  await addNamespace(database, 'acme', { owner: alice });
  await addRepository(database, 'acme/public', 'public');
});
afterAll(() => running.stop());

const refusal = async (response: Response) => ({ status: response.status, body: await response.text() });
const PUBLIC: [string, string][] = [['scope', 'repository:acme/public:pull']];

describe('who signs in', () => {
  it.each([
    ['the user name', 'alice'],
    ['the user name in capitals', 'ALICE'],
    ['the e-mail address', 'alice@example.com'],
    ['the e-mail address in capitals', 'ALICE@EXAMPLE.COM'],
  ])('with %s and the password, or an access token', async (_, login) => {
    const user = { subject: alice.id, username: 'alice' };
    const withPassword = await running.claimsOf(await running.get([], basic(login, PASSWORD)));
    expect(withPassword).toMatchObject({ ...user, credentialId: null });
    const withToken = await running.claimsOf(await running.get([], basic(login, ofAlice.secret)));
    expect(withToken).toMatchObject({ ...user, credentialId: ofAlice.id });
  });

  it('takes the password up to its last colon, and however its characters are composed', async () => {
    const user = await addUser(running.database, 'carol');
    const hash = await new PasswordHasher().hash('pässwörd:with:colons');
    await sql(running.database, 'UPDATE app_user SET password_hash = $1 WHERE id = $2::uuid', hash, user.id);
    const typed = 'pässwörd:with:colons'.normalize('NFD');
    expect((await running.get([], basic('carol', typed))).status).toBe(200);
  });

  it.each([
    ['no header', {}],
    ['an empty name and password', basic('', '')],
  ])('is nobody with %s', async (_, headers) => {
    expect(await running.claimsOf(await running.get(PUBLIC, headers))).toMatchObject({ subject: '' });
  });

  it('is nobody with the cookie of a session', async () => {
    const data = { userId: alice.id };
    await new SessionStore(running.database).put('the-session', {
      userId: alice.id,
      data,
      expiresAt: new Date('2100-01-01'),
    });
    const response = await running.get(PUBLIC, { cookie: 'stowage_session=the-session; __Host-sid=the-session' });
    expect(await running.claimsOf(response)).toMatchObject({ subject: '' });
  });

  it('records when an access token was used', async () => {
    const made = await addAccessToken(running.database, bob);
    const lastUsed = () =>
      running.database.prepared('test_used', 'SELECT last_used_at AS "at" FROM access_token WHERE id = $1', [made.id]);
    expect(await lastUsed()).toEqual([{ at: null }]);
    await running.get([], basic('bob', made.secret));
    expect(await lastUsed()).toEqual([{ at: expect.any(Date) }]);
  });

  it('is let in when its use can not be recorded', async () => {
    const made = await addAccessToken(running.database, bob);
    await sql(
      running.database,
      'ALTER TABLE access_token ADD CONSTRAINT unused CHECK (last_used_at IS NULL) NOT VALID',
    );
    expect((await running.get([], basic('bob', made.secret))).status).toBe(200);
    await sql(running.database, 'ALTER TABLE access_token DROP CONSTRAINT unused');
  });
});

describe('wrong credentials', () => {
  const outcome = async (headers: Record<string, string>) => refusal(await running.get(PUBLIC, headers));

  it('are 401 on a public scope as well, and say what to do', async () => {
    const response = await running.get(PUBLIC, basic('alice', 'wrong'));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(`Basic realm="${service}", charset="UTF-8"`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const message = expect.stringContaining(`${publicUrl.origin}/access-tokens`);
    expect(await response.json()).toEqual({
      error: 'invalid_grant',
      error_description: message,
      errors: [{ code: 'UNAUTHORIZED', message }],
    });
  });

  it('get the same answer for a wrong password, an unknown user, a disabled one, and no password at all', async () => {
    const dora = await addUser(running.database, 'dora');
    await sql(running.database, 'UPDATE app_user SET disabled_at = now() WHERE id = $1::uuid', dora.id);
    const answer = await outcome(basic('alice', 'wrong'));
    expect(answer.status).toBe(401);
    expect(await outcome(basic('nobody', PASSWORD))).toEqual(answer);
    expect(await outcome(basic('dora', PASSWORD))).toEqual(answer);
    expect(await outcome(basic('dora', 'wrong'))).toEqual(answer);
    expect(await outcome(basic('alice', ''))).toEqual(answer);
    expect(await outcome(basic('', PASSWORD))).toEqual(answer);
  });

  it.each([
    ['a bearer token', 'Bearer abc'],
    ['a scheme alone', 'Basic'],
    ['no base64', 'Basic ***'],
    ['no colon', `Basic ${Buffer.from('alice').toString('base64')}`],
    ['a name with a NUL', basic('ali\0ce', 'x').authorization],
    ['a password with a NUL', basic('alice', `${PASSWORD}\0`).authorization],
    ['another scheme', 'Digest username="alice"'],
  ])('are %s, and never "nobody"', async (_, authorization) => {
    expect((await outcome({ authorization })).status).toBe(401);
  });

  it('are an access token of somebody else', async () => {
    for (const login of ['bob', 'bob@example.com', '', 'nobody', '<token>', `alice\u0000`]) {
      const { status, body } = await outcome(basic(login, ofAlice.secret));
      expect(status).toBe(401);
      expect(body).not.toContain('alice');
    }
  });

  it('are access tokens that expired, were revoked, never were, or whose owner is disabled', async () => {
    const { database } = running;
    const eve = await addUser(database, 'eve');
    const [expired, revoked, good] = [
      await addAccessToken(database, eve),
      await addAccessToken(database, eve),
      await addAccessToken(database, eve),
    ];
    await sql(database, `UPDATE access_token SET expires_at = now() - interval '1 s' WHERE id = $1::uuid`, expired.id);
    await sql(database, 'DELETE FROM access_token WHERE id = $1::uuid', revoked.id);
    const answer = await outcome(basic('eve', generateSecretToken('access').text));
    expect(answer.status).toBe(401);
    expect(answer.body).toMatch(/wrong, expired or revoked.*https:\/\/cr\.example\.com\/access-tokens/);
    expect(await outcome(basic('eve', expired.secret))).toEqual(answer);
    expect(await outcome(basic('eve', revoked.secret))).toEqual(answer);
    expect((await outcome(basic('eve', good.secret))).status).toBe(200);
    await sql(database, 'UPDATE app_user SET disabled_at = now() WHERE id = $1::uuid', eve.id);
    expect(await outcome(basic('eve', good.secret))).toEqual(answer);
  });

  it.each([
    ['has a wrong checksum', (text: string) => `${text.slice(0, -1)}${text.endsWith('a') ? 'b' : 'a'}`],
    ['is cut short', (text: string) => text.slice(0, -1)],
    ['has something behind it', (text: string) => `${text} `],
    ['is of another kind', () => generateSecretToken('refresh').text],
    ['is a one-time code', () => generateSecretToken('code').text],
  ])('are a token that %s, and ask the database nothing', async (_, spoil) => {
    const queries = vi.spyOn(running.database, 'prepared');
    const writes = vi.spyOn(running.database, 'run');
    expect((await outcome(basic('alice', spoil(ofAlice.secret)))).status).toBe(401);
    expect(queries).not.toHaveBeenCalled();
    expect(writes).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it('are written down with the user they were tried on, and never with what was typed', async () => {
    await addUser(running.database, 'frank');
    await sql(running.database, 'DELETE FROM audit_event');
    await outcome(basic('frank', 'wrong-1'));
    await outcome(basic('my-secret-in-the-wrong-field', 'wrong-2'));
    await outcome(basic('frank', PASSWORD));
    const rows = await running.database.prepared('test_audit', 'SELECT * FROM audit_event ORDER BY id', []);
    expect(rows).toMatchObject([
      { action: 'login.fail', target: 'frank', actor_id: null, address: '127.0.0.1' },
      { action: 'login.fail', target: 'unknown user', actor_id: null },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/wrong-|my-secret/);
  });
});

describe('a flood of passwords', () => {
  it('is turned away with 503 and a time to come back, while access tokens still work', async () => {
    const flood = Array.from({ length: 300 }, () => running.get([], basic('alice', 'wrong')));
    const withToken = await running.get([], basic('alice', ofAlice.secret));
    expect(withToken.status).toBe(200);
    const answers = await Promise.all(flood);
    const statuses = new Set(answers.map(({ status }) => status));
    expect(statuses).toEqual(new Set([401, 503]));
    for (const { headers } of answers.filter(({ status }) => status === 503)) {
      expect(headers.get('retry-after')).toMatch(/^\d+$/);
    }
  });
});

import { PasswordHasher } from '@stowage/auth';
import { renameAccount, SessionStore, type UserRecord, userActor } from '@stowage/metadata';
import type { NamespaceName } from '@stowage/oci';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addAccessToken,
  addNamespace,
  addRepository,
  addUser,
  type MadeAccessToken,
  PASSWORD,
  sql,
} from './support/people.js';
import { basic, type RunningService, startService } from './support/running-service.js';

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

const PUBLIC: [string, string][] = [['scope', 'repository:acme/public:pull']];

describe('who signs in', () => {
  it.each([
    ['the user name', 'alice'],
    ['the user name in capitals', 'ALICE'],
    ['the e-mail address', 'alice@example.com'],
    ['the e-mail address in capitals', 'ALICE@EXAMPLE.COM'],
  ])('with %s and the password, or an access token', async (_, login) => {
    const user = { principal: { kind: 'user', id: alice.id, name: 'alice' } };
    const withPassword = await running.claimsOf(await running.get([], basic(login, PASSWORD)));
    expect(withPassword).toMatchObject({ ...user, credentialId: null, credentialExpiresAt: null });
    const withToken = await running.claimsOf(await running.get([], basic(login, ofAlice.secret)));
    expect(withToken).toMatchObject({ ...user, credentialId: ofAlice.id });
    // In ninety days, give or take the test's own time and a change of the clocks.
    const days = (withToken.credentialExpiresAt!.getTime() - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(90);
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
    expect(await running.claimsOf(await running.get(PUBLIC, headers))).toMatchObject({ principal: null });
  });

  it('is nobody with the cookie of a session', async () => {
    const data = { userId: alice.id };
    await new SessionStore(running.database).put('the-session', {
      userId: alice.id,
      data,
      expiresAt: new Date('2100-01-01'),
    });
    const response = await running.get(PUBLIC, { cookie: 'stowage_session=the-session; __Host-sid=the-session' });
    expect(await running.claimsOf(response)).toMatchObject({ principal: null });
  });

  it('records when and from where an access token was used', async () => {
    const made = await addAccessToken(running.database, bob);
    const lastUsed = () =>
      running.database.prepared(
        'test_used',
        'SELECT last_used_at AS "at", last_used_address AS "from" FROM access_token WHERE id = $1',
        [made.id],
      );
    expect(await lastUsed()).toEqual([{ at: null, from: null }]);
    await running.get([], basic('bob', made.secret));
    expect(await lastUsed()).toEqual([{ at: expect.any(Date), from: '127.0.0.1' }]);
  });

  it('goes on by a former user name with an access token, and only with one (T11)', async () => {
    const { database } = running;
    const user = await addUser(database, 'erin');
    const { secret } = await addAccessToken(database, user);
    const username = 'erin-lovelace' as NamespaceName;
    expect(await renameAccount(database, { userId: user.id, username, actor: userActor(user) })).toBe('renamed');
    for (const login of ['erin', 'ERIN', username]) {
      const claims = await running.claimsOf(await running.get([], basic(login, secret)));
      expect(claims).toMatchObject({ principal: { id: user.id, name: username } });
    }
    expect((await running.get([], basic('erin', PASSWORD))).status).toBe(401);
    expect((await running.get([], basic(username, PASSWORD))).status).toBe(200);
    expect((await running.get([], basic('erin', ofAlice.secret))).status).toBe(401);
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

describe('who has a second factor', () => {
  it('is not signed in by the password alone, but by an access token', async () => {
    const dora = await addUser(running.database, 'dora');
    const { secret } = await addAccessToken(running.database, dora);
    const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    await sql(
      running.database,
      'INSERT INTO totp_factor (user_id, key, last_step) VALUES ($1::uuid, $2, 0)',
      dora.id,
      key,
    );
    const refused = await running.get(PUBLIC, basic('dora', PASSWORD));
    expect(refused.status).toBe(401);
    const text = await refused.text();
    expect(text).toContain('second factor');
    expect(text).toContain('/access-tokens');
    expect(await (await running.get(PUBLIC, basic('dora', 'wrong password'))).text()).not.toContain('second factor');
    expect((await running.get(PUBLIC, basic('dora', secret))).status).toBe(200);
  });
});

describe('a flood of passwords', () => {
  it('is turned away with 503 and a time to come back, while access tokens still work', async () => {
    const flood = Array.from({ length: 300 }, (_, at) => running.get([], basic(`nobody-${at}`, 'wrong')));
    const withToken = await running.get([], basic('alice', ofAlice.secret));
    expect(withToken.status).toBe(200);
    const answers = await Promise.all(flood);
    const statuses = new Set(answers.map(({ status }) => status));
    expect(statuses).toContain(401);
    expect(statuses).toContain(503);
    // Whoever comes after the hundredth that is wrong has come too often.
    expect(statuses.difference(new Set([401, 503, 429])).size).toBe(0);
    for (const { headers } of answers.filter(({ status }) => status !== 401)) {
      expect(headers.get('retry-after')).toMatch(/^\d+$/);
    }
  });
});

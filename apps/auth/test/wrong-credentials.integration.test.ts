import { generateSecretToken } from '@stowage/auth';
import type { UserRecord } from '@stowage/metadata';
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
let ofAlice: MadeAccessToken;

beforeAll(async () => {
  running = await startService();
  const { database } = running;
  alice = await addUser(database, 'alice');
  await addUser(database, 'bob');
  ofAlice = await addAccessToken(database, alice);
  await addNamespace(database, 'acme', { owner: alice });
  await addRepository(database, 'acme/public', 'public');
});
afterAll(() => running.stop());

const PUBLIC: [string, string][] = [['scope', 'repository:acme/public:pull']];

describe('wrong credentials', () => {
  const outcome = async (headers: Record<string, string>) => {
    const response = await running.get(PUBLIC, headers);
    return { status: response.status, body: await response.text() };
  };

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

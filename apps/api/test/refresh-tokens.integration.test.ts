import { generateSecretToken, hashSecretToken } from '@stowage/auth';
import { RefreshTokenStore, userActor } from '@stowage/metadata';
import { describe, expect, it } from 'vitest';
import { createToken, openApi, PASSWORD, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const store = () => new RefreshTokenStore(opened.database);

/** As `docker login` leaves one behind. */
async function logIn({ id, username }: SignedIn, clientId = 'docker'): Promise<Buffer> {
  const hash = hashSecretToken(generateSecretToken('refresh').text);
  const actor = { ...userActor({ id, username }, { address: '192.0.2.1' }), id };
  await store().create({ hash, accessTokenId: null, service: 's', clientId, actor });
  return hash;
}

const itemsOf = async ({ cookie }: SignedIn) =>
  (await opened.ask('GET /account/refresh-tokens', { cookie })).json['items'] as { id: string; client: string }[];

describe('clients that stay signed in', () => {
  it('are listed for their owner, with when and from where they were used', async () => {
    const person = await signUp(opened);
    await logIn(person);
    expect(await itemsOf(person)).toEqual([
      {
        id: expect.any(String),
        client: 'docker',
        accessToken: null,
        createdAt: expect.any(String),
        lastUsedAt: expect.any(String),
        lastUsedAddress: '192.0.2.1',
      },
    ]);
    expect(await itemsOf(await signUp(opened))).toEqual([]);
  });

  it('are signed out by their owner alone, at once', async () => {
    const [person, stranger] = [await signUp(opened), await signUp(opened)];
    const hash = await logIn(person);
    const [{ id } = { id: '' }] = await itemsOf(person);
    const end = async ({ cookie }: SignedIn, asked = id) =>
      (await opened.ask(`DELETE /account/refresh-tokens/${asked}`, { cookie })).status;
    expect([await end(stranger), await end(person, 'no-id')]).toEqual([404, 404]);
    expect(await store().use(hash, 's', '192.0.2.1')).toBeDefined();
    expect([await end(person), await end(person)]).toEqual([204, 404]);
    expect(await store().use(hash, 's', '192.0.2.1')).toBeUndefined();
    const rows = await opened.database.prepared(
      'test_audit',
      `SELECT action, target FROM audit_event WHERE actor_id = $1 AND action LIKE 'refresh-token.%' ORDER BY id`,
      [person.id],
    );
    expect(rows).toEqual([
      { action: 'refresh-token.create', target: 'docker' },
      { action: 'refresh-token.delete', target: 'docker' },
    ]);
  });

  it('end with the password', async () => {
    const person = await signUp(opened);
    const hash = await logIn(person);
    const body = { currentPassword: PASSWORD, newPassword: 'another horse battery' };
    expect((await opened.ask('POST /account/password', { cookie: person.cookie, body })).status).toBe(204);
    expect(await store().use(hash, 's', '192.0.2.1')).toBeUndefined();
  });
});

describe('an access token without limits', () => {
  it.each([
    ['GET /access-tokens', undefined],
    ['POST /access-tokens', { name: 'another' }],
    ['DELETE /access-tokens/00000000-0000-4000-8000-000000000000', undefined],
    ['GET /account/refresh-tokens', undefined],
    ['GET /account/sessions', undefined],
    ['DELETE /account/sessions', undefined],
    ['POST /account/password', { currentPassword: PASSWORD, newPassword: 'another horse battery' }],
  ])('may not %s: no credential makes, lists or ends credentials (GHSA-w5fq)', async (line, body) => {
    const person = await signUp(opened);
    const token = await createToken(opened, person);
    expect((await opened.ask(line, { token, ...(body ? { body } : {}) })).status).toBe(403);
    expect((await opened.ask('GET /session', { token })).status).toBe(200);
    expect((await opened.ask('GET /access-tokens', { cookie: person.cookie })).json['items']).toHaveLength(1);
  });
});

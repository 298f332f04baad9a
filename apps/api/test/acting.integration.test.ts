import { sessionSchema } from '@stowage/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { createToken, openApi, PASSWORD, type SignedIn, signUp } from './open-api.js';

const opened = openApi();

describe('an administrator in somebody else’s place', () => {
  let administrator: SignedIn;
  let person: SignedIn;

  beforeEach(async () => {
    [administrator, person] = [await signUp(opened), await signUp(opened)];
    await setUser(administrator, { isAdmin: true });
  });

  const setUser = async ({ id }: SignedIn, data: { isAdmin?: boolean; disabledAt?: Date }) =>
    opened.database.run((db) => db.user.update({ where: { id }, data }));
  const ask = async (line: string, body?: object) =>
    opened.ask(line, { cookie: administrator.cookie, ...(body ? { body } : {}) });
  const start = async (username = person.username) => ask(`POST /admin/users/${username}/acting`);
  const session = async () => sessionSchema.parse((await ask('GET /session')).json);
  const endTime = async () =>
    opened.database.run(
      (db) => db.$executeRaw`UPDATE session SET acting_until = now() WHERE user_id = ${administrator.id}::uuid`,
    );
  const auditOf = async (action: string) =>
    opened.database.run((db) => db.auditEvent.findMany({ where: { action, target: person.username } }));

  it('is the other one for half an hour, and both names are kept', async () => {
    const answer = sessionSchema.parse((await start()).json);
    expect(answer).toMatchObject({
      user: { username: person.username },
      acting: { administrator: administrator.username },
    });
    const minutes = (Date.parse(answer.acting!.until) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(28);
    expect(minutes).toBeLessThan(32);
    expect(await session()).toEqual(answer);
    expect((await ask('GET /admin/users')).status).toBe(403);
    const changed = await ask(`PATCH /namespaces/${person.username}`, { displayName: 'Helped' });
    expect(changed.status).toBe(200);
    const row = await opened.database.run((db) =>
      db.auditEvent.findFirstOrThrow({ where: { action: 'namespace.update', target: person.username } }),
    );
    expect(row).toMatchObject({ actorName: person.username, actorId: person.id });
    expect(row.detail).toMatchObject({ administrator: administrator.username });
    const [begun] = await auditOf('user.act-as');
    expect(begun).toMatchObject({ actorName: administrator.username, detail: { until: answer.acting?.until } });
    expect(begun?.namespaceId).toBe(row.namespaceId);
  });

  it('goes back, once', async () => {
    await start();
    expect((await ask('DELETE /session/acting')).status).toBe(204);
    expect(await session()).toEqual({ user: expect.objectContaining({ username: administrator.username }) });
    expect((await ask('DELETE /session/acting')).status).toBe(409);
    expect((await ask('GET /admin/users')).status).toBe(200);
    expect(await auditOf('user.stop-acting')).toMatchObject([{ actorName: administrator.username }]);
  });

  it('may do nothing any more when the time is over, but does not turn into the administrator by that', async () => {
    await start();
    await endTime();
    for (const line of ['GET /namespaces', 'GET /admin/users', `GET /namespaces/${person.username}`]) {
      expect((await ask(line)).status).toBe(403);
    }
    expect((await ask('POST /namespaces', { name: 'late-ship' })).status).toBe(403);
    expect((await session()).acting).toBeDefined();
    expect((await ask('DELETE /session/acting')).status).toBe(204);
    expect((await ask('GET /admin/users')).status).toBe(200);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['the other one is disabled', async () => setUser(person, { disabledAt: new Date() })],
    ['the other one becomes an administrator', async () => setUser(person, { isAdmin: true })],
    ['the administrator is none any more', async () => setUser(administrator, { isAdmin: false })],
  ])('may do nothing any more when %s', async (_, change) => {
    await start();
    expect((await ask('GET /namespaces')).status).toBe(200);
    await change();
    expect((await ask('GET /namespaces')).status).toBe(403);
  });

  it('touches no password, no factor and no credential', async () => {
    await start();
    for (const [line, body] of [
      ['POST /access-tokens', { name: 'mine' }],
      ['POST /account/password', { currentPassword: PASSWORD, newPassword: 'another horse battery' }],
      ['POST /account/totp/key', undefined],
      ['DELETE /account/totp', undefined],
      ['POST /session/confirmation', { password: PASSWORD }],
    ] as const) {
      expect([line, (await ask(line, body)).status]).toEqual([line, 403]);
    }
  });

  it('is nobody who is disabled, unknown, an administrator or themselves', async () => {
    expect((await start('nobody-here')).status).toBe(404);
    expect((await start(administrator.username)).status).toBe(409);
    await setUser(person, { disabledAt: new Date() });
    expect((await start()).status).toBe(409);
    expect((await session()).acting).toBeUndefined();
  });

  it('needs an administrator in person, with a sign-in that is not long ago', async () => {
    const token = await createToken(opened, administrator);
    const line = `POST /admin/users/${person.username}/acting`;
    expect((await opened.ask(line, { token })).status).toBe(403);
    expect((await opened.ask(line, { cookie: person.cookie })).status).toBe(403);
    await opened.database.run((db) => db.$executeRaw`UPDATE session SET confirmed_at = now() - interval '11 minutes'`);
    expect(await ask(line)).toMatchObject({ status: 403, json: { reason: 'confirmation-needed' } });
  });

  it('does not end with the sessions of the other one, and is not among them', async () => {
    await start();
    expect((await opened.ask('DELETE /account/sessions', { cookie: person.cookie })).status).toBe(204);
    expect((await ask('GET /namespaces')).status).toBe(200);
    const { json } = await opened.ask('GET /account/sessions', { cookie: person.cookie });
    expect(json['items']).toHaveLength(1);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { createToken, openApi, PASSWORD, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const CONFIRMATION = 'POST /session/confirmation';

describe('a sign-in that is long ago', () => {
  let person: SignedIn;

  beforeEach(async () => {
    person = await signUp(opened);
    await opened.database.run(
      (db) => db.$executeRaw`
        UPDATE session SET confirmed_at = now() - interval '11 minutes' WHERE user_id = ${person.id}::uuid`,
    );
  });

  const confirmedAt = async () =>
    opened.database.run(async (db) => {
      const [row] = await db.$queryRaw<{ isNew: boolean }[]>`
        SELECT confirmed_at > now() - interval '10 minutes' AS "isNew" FROM session WHERE user_id = ${person.id}::uuid`;
      return row?.isNew;
    });
  const auditOf = async () =>
    opened.database.run((db) => db.auditEvent.count({ where: { action: 'session.confirm', target: person.username } }));

  it('is confirmed by the password, which is audited, and the session stays the same', async () => {
    const answer = await opened.ask(CONFIRMATION, { cookie: person.cookie, body: { password: PASSWORD } });
    expect(answer).toMatchObject({ status: 204, cookie: undefined });
    expect(await confirmedAt()).toBe(true);
    expect(await auditOf()).toBe(1);
  });

  it('is not confirmed by another password, an empty one or a field that nobody knows', async () => {
    const confirm = async (body: object) => opened.ask(CONFIRMATION, { cookie: person.cookie, body });
    expect(await confirm({ password: 'not it at all' })).toMatchObject({
      status: 403,
      json: { errors: [{ field: 'password' }] },
    });
    expect((await confirm({ password: '' })).status).toBe(400);
    expect((await confirm({ password: PASSWORD, until: 'forever' })).status).toBe(400);
    expect(await confirmedAt()).toBe(false);
    expect(await auditOf()).toBe(0);
  });

  it('is nothing that an access token or nobody has', async () => {
    const token = await createToken(opened, person);
    expect((await opened.ask(CONFIRMATION, { token, body: { password: PASSWORD } })).status).toBe(403);
    expect((await opened.ask(CONFIRMATION, { body: { password: PASSWORD } })).status).toBe(401);
    expect(await confirmedAt()).toBe(false);
  });
});

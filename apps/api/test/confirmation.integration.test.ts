import { beforeEach, describe, expect, it } from 'vitest';
import { SoftAuthenticator, totpCode } from '@stowage/authenticators/testing';
import { addedPasskeySchema, enabledTotpSchema, passkeyOptionsSchema, totpKeySchema } from '@stowage/contracts';
import { createToken, openApi, ORIGIN, PASSWORD, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const CONFIRMATION = 'POST /session/confirmation';

describe('a sign-in that is long ago', () => {
  let person: SignedIn;

  beforeEach(async () => {
    person = await signUp(opened);
    await letTimePass();
  });

  const letTimePass = async () =>
    opened.database.run(
      (db) => db.$executeRaw`
        UPDATE session SET confirmed_at = now() - interval '11 minutes' WHERE user_id = ${person.id}::uuid`,
    );
  /** With a code that may be used again: a new one comes every half minute. */
  const setUpTotp = async () => {
    await opened.ask(CONFIRMATION, { cookie: person.cookie, body: { password: PASSWORD } });
    const { key } = totpKeySchema.parse((await opened.ask('POST /account/totp/key', { cookie: person.cookie })).json);
    const body = { key, code: totpCode(key) };
    const { recoveryCodes } = enabledTotpSchema.parse(
      (await opened.ask('PUT /account/totp', { cookie: person.cookie, body })).json,
    );
    await opened.database.run((db) => db.$executeRaw`UPDATE totp_factor SET last_step = last_step - 120`);
    await opened.database.run((db) =>
      db.auditEvent.deleteMany({ where: { target: person.username, action: 'session.confirm' } }),
    );
    await letTimePass();
    return { key, recoveryCodes: recoveryCodes ?? [] };
  };
  const addPasskey = async ({ cookie }: SignedIn) => {
    const device = new SoftAuthenticator();
    await opened.ask(CONFIRMATION, { cookie, body: { password: PASSWORD } });
    const { options } = passkeyOptionsSchema.parse(
      (await opened.ask('POST /account/passkeys/options', { cookie })).json,
    );
    const response = device.create(options, { origin: ORIGIN });
    addedPasskeySchema.parse(
      (await opened.ask('POST /account/passkeys', { cookie, body: { name: 'Laptop', response } })).json,
    );
    return device;
  };

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

  it('is confirmed by a code or a recovery code, each once, for who may know no password', async () => {
    const { key, recoveryCodes } = await setUpTotp();
    const confirm = async (totp: string) => opened.ask(CONFIRMATION, { cookie: person.cookie, body: { totp } });
    expect(await confirm('000000')).toMatchObject({ status: 403, json: { errors: [{ field: 'totp' }] } });
    expect(await confirmedAt()).toBe(false);
    const code = totpCode(key);
    expect((await confirm(code)).status).toBe(204);
    expect(await confirmedAt()).toBe(true);
    expect((await confirm(code)).status).toBe(403);
    expect((await confirm(recoveryCodes[0] ?? '')).status).toBe(204);
    expect((await confirm(recoveryCodes[0] ?? '')).status).toBe(403);
    expect(await auditOf()).toBe(2);
  });

  it('is confirmed by a passkey of the same person, once, and by nobody else’s', async () => {
    const [mine, theirs] = [await addPasskey(person), await addPasskey(await signUp(opened))];
    await letTimePass();
    const proof = async (device: SoftAuthenticator) => {
      const { options } = passkeyOptionsSchema.parse((await opened.ask('POST /session/passkey-options')).json);
      return device.get(options, { origin: ORIGIN });
    };
    const confirm = async (passkey: unknown) => opened.ask(CONFIRMATION, { cookie: person.cookie, body: { passkey } });
    expect((await confirm(await proof(theirs))).status).toBe(403);
    expect((await confirm(await proof(new SoftAuthenticator()))).status).toBe(403);
    expect(await confirmedAt()).toBe(false);
    const right = await proof(mine);
    expect((await confirm(right)).status).toBe(204);
    expect(await confirmedAt()).toBe(true);
    expect((await confirm(right)).status).toBe(403);
  });

  it('is confirmed by one proof and not by two, nor by none', async () => {
    for (const body of [{}, { password: PASSWORD, totp: '123456' }]) {
      expect((await opened.ask(CONFIRMATION, { cookie: person.cookie, body })).status).toBe(400);
    }
  });

  it.each([
    ['POST /admin/sign-up-invitations', {}],
    ['POST /admin/sign-up-invitations/00000000-0000-4000-8000-000000000000/renew', undefined],
    ['POST /admin/pending-links/00000000-0000-4000-8000-000000000000/reveal', undefined],
    ['POST /admin/users/nobody-here/password-resets', {}],
  ])('gives an administrator no link of somebody else’s: %s', async (line, body) => {
    await opened.database.run((db) => db.user.update({ where: { id: person.id }, data: { isAdmin: true } }));
    const ask = async () => opened.ask(line, { cookie: person.cookie, ...(body ? { body } : {}) });
    expect(await ask()).toMatchObject({ status: 403, json: { reason: 'confirmation-needed' } });
    expect(
      (await opened.ask(line, { token: await createToken(opened, person), ...(body ? { body } : {}) })).status,
    ).toBe(403);
    await opened.ask(CONFIRMATION, { cookie: person.cookie, body: { password: PASSWORD } });
    expect((await ask()).json).not.toHaveProperty('reason');
  });

  it('is nothing that an access token or nobody has', async () => {
    const token = await createToken(opened, person);
    expect((await opened.ask(CONFIRMATION, { token, body: { password: PASSWORD } })).status).toBe(403);
    expect((await opened.ask(CONFIRMATION, { body: { password: PASSWORD } })).status).toBe(401);
    expect(await confirmedAt()).toBe(false);
  });
});

import { SoftAuthenticator } from '@stowage/authenticators/testing';
import { addedPasskeySchema, passkeyOptionsSchema, problemSchema, secondFactorsSchema } from '@stowage/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { createToken, openApi, ORIGIN, PASSWORD, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const PASSKEYS = '/account/passkeys';

describe('a passkey', () => {
  let person: SignedIn;
  let device: SoftAuthenticator;
  let passkeyId: string;
  let recoveryCodes: string[];

  const ask = async (line: string, body?: object, cookie = person.cookie) =>
    opened.ask(line, { cookie, ...(body ? { body } : {}) });
  const optionsOf = async (line: string, cookie?: string) =>
    passkeyOptionsSchema.parse((await opened.ask(line, { cookie })).json).options;
  const add = async (made: SoftAuthenticator, cookie = person.cookie) => {
    const options = await optionsOf(`POST ${PASSKEYS}/options`, cookie);
    return ask(`POST ${PASSKEYS}`, { name: 'Laptop', response: made.create(options, { origin: ORIGIN }) }, cookie);
  };
  const signIn = async (body: object) => opened.ask('POST /session', { body });
  const proof = async (more = {}) =>
    device.get(await optionsOf('POST /session/passkey-options'), { origin: ORIGIN, ...more });
  const withPassword = { password: PASSWORD };
  const list = async (cookie = person.cookie) =>
    secondFactorsSchema.parse((await ask('GET /account/second-factors', undefined, cookie)).json).passkeys;
  const auditOf = async () =>
    opened.database.run(async (db) => {
      const rows = await db.auditEvent.findMany({ where: { target: person.username }, orderBy: { id: 'asc' } });
      return rows.filter(({ action }) => action.startsWith('passkey.'));
    });

  beforeEach(async () => {
    person = await signUp(opened);
    device = new SoftAuthenticator();
    const added = addedPasskeySchema.parse((await add(device)).json);
    passkeyId = added.passkey.id;
    recoveryCodes = added.recoveryCodes ?? [];
  });

  it('is added with a name; the first one brings recovery codes, the next one none', async () => {
    expect(recoveryCodes).toHaveLength(10);
    const second = addedPasskeySchema.parse((await add(new SoftAuthenticator())).json);
    expect(second.recoveryCodes).toBeNull();
    expect(await list()).toMatchObject([
      { id: passkeyId, name: 'Laptop', lastUsedAt: null },
      { id: second.passkey.id, name: 'Laptop' },
    ]);
    expect((await add(device)).status).toBe(409);
    expect((await auditOf()).map(({ action }) => action)).toEqual(['passkey.create', 'passkey.create']);
  });

  it('signs in without a password, and its last use is known', async () => {
    const answer = await signIn({ passkey: await proof() });
    expect(answer).toMatchObject({ status: 200, json: { user: { username: person.username } } });
    expect((await opened.ask('GET /session', { cookie: answer.cookie })).status).toBe(200);
    expect((await list())[0]?.lastUsedAt).not.toBeNull();
  });

  it('signs in once with one answer, also for two who come at the same moment', async () => {
    const passkey = await proof();
    const answers = await Promise.all([signIn({ passkey }), signIn({ passkey })]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401]);
    expect((await signIn({ passkey })).status).toBe(401);
  });

  it('signs nobody in from another site, unchecked, unknown, or when the account is disabled', async () => {
    const unknown = new SoftAuthenticator().get(await optionsOf('POST /session/passkey-options'), { origin: ORIGIN });
    const answers = [
      await signIn({ passkey: await proof({ origin: 'https://evil.test' }) }),
      await signIn({ passkey: await proof({ verifies: false }) }),
      await signIn({ passkey: unknown }),
    ];
    await opened.database.run((db) => db.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } }));
    answers.push(await signIn({ passkey: await proof() }));
    for (const { status, json } of answers) {
      expect([status, problemSchema.parse(json).detail]).toEqual([401, problemSchema.parse(answers[0]?.json).detail]);
    }
    expect((await signIn({ passkey: { ...(await proof()), id: '../x' } })).status).toBe(400);
  });

  it('is asked for besides the password, and is enough then though its device checks nobody', async () => {
    const login = { login: person.username, ...withPassword };
    const needed = await signIn(login);
    const problem = problemSchema.parse(needed.json);
    expect(problem).toMatchObject({ status: 401, reason: 'second-factor-needed', secondFactor: { totp: false } });
    const options = problem.secondFactor?.passkeyOptions;
    expect(options).toMatchObject({ allowCredentials: [{ id: device.credentialId }] });
    const passkey = device.get(options!, { origin: ORIGIN, verifies: false });
    expect((await signIn({ ...login, password: 'wrong password', passkey })).status).toBe(401);
    expect((await signIn({ ...login, passkey })).status).toBe(200);
    expect((await signIn({ ...login, passkey })).status).toBe(401);
    expect((await signIn({ ...login, totp: recoveryCodes[0] })).status).toBe(200);
  });

  it('is no second factor of somebody else', async () => {
    const [mine, myDevice] = [person, device];
    person = await signUp(opened);
    await add(new SoftAuthenticator());
    const login = { login: person.username, ...withPassword };
    const options = problemSchema.parse((await signIn(login)).json).secondFactor?.passkeyOptions;
    const passkey = myDevice.get(options!, { origin: ORIGIN });
    expect((await signIn({ ...login, passkey })).status).toBe(401);
    const mineNow = { login: mine.username, ...withPassword, passkey: await proof() };
    expect((await signIn(mineNow)).status).toBe(401); // a challenge for signing in alone
  });

  it('is renamed and removed by its owner alone; the last one takes the recovery codes with it', async () => {
    const stranger = await signUp(opened);
    for (const line of [`DELETE ${PASSKEYS}/${passkeyId}`, `PATCH ${PASSKEYS}/${passkeyId}`]) {
      const body = line.startsWith('PATCH') ? { name: 'Mine' } : undefined;
      expect((await ask(line, body, stranger.cookie)).status).toBe(404);
    }
    expect((await ask(`DELETE ${PASSKEYS}/not-an-id`)).status).toBe(404);
    expect((await ask(`PATCH ${PASSKEYS}/${passkeyId}`, { name: 'Old laptop' })).status).toBe(204);
    expect((await list())[0]?.name).toBe('Old laptop');
    expect((await ask(`DELETE ${PASSKEYS}/${passkeyId}`)).status).toBe(204);
    expect((await ask('GET /account/second-factors')).json).toEqual({ totp: null, passkeys: [], recoveryCodesLeft: 0 });
    expect((await signIn({ login: person.username, ...withPassword })).status).toBe(200);
    expect((await signIn({ passkey: await proof() })).status).toBe(401);
    expect((await auditOf()).map(({ action, detail }) => [action, detail])).toEqual([
      ['passkey.create', { name: 'Laptop', recoveryCodes: true, refreshTokens: 0 }],
      ['passkey.rename', { before: { name: 'Laptop' }, after: { name: 'Old laptop' } }],
      ['passkey.delete', { name: 'Old laptop' }],
    ]);
  });

  it.each([`POST ${PASSKEYS}/options`, `POST ${PASSKEYS}`, `DELETE ${PASSKEYS}/`])(
    '%s needs the person, and the password when the sign-in is long ago',
    async (line) => {
      const path = line.endsWith('/') ? line + passkeyId : line;
      const response = new SoftAuthenticator().create({ challenge: 'AQIDBA' }, { origin: ORIGIN });
      const body = line.endsWith('passkeys') ? { name: 'x', response } : undefined;
      const token = await createToken(opened, person);
      expect((await opened.ask(path, { token, ...(body ? { body } : {}) })).status).toBe(403);
      await opened.database.run(
        (db) => db.$executeRaw`UPDATE session SET confirmed_at = now() - interval '11 minutes'`,
      );
      expect(await ask(path, body)).toMatchObject({ status: 403, json: { reason: 'confirmation-needed' } });
      expect(await list()).toHaveLength(1);
    },
  );

  it('is not made of an answer to another challenge, or for another site', async () => {
    const other = new SoftAuthenticator();
    const options = await optionsOf(`POST ${PASSKEYS}/options`, person.cookie);
    for (const response of [
      other.create({ challenge: 'AQIDBA' }, { origin: ORIGIN }),
      other.create(options, { origin: 'https://evil.test' }),
    ]) {
      expect((await ask(`POST ${PASSKEYS}`, { name: 'x', response })).status).toBe(403);
    }
    expect(await list()).toHaveLength(1);
  });
});

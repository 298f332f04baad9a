import { totpCode } from '@stowage/authenticators/testing';
import { enabledTotpSchema, recoveryCodesSchema, secondFactorsSchema, totpKeySchema } from '@stowage/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ApiAnswer, createToken, openApi, PASSWORD, type SignedIn, signUp } from './open-api.js';

const opened = openApi();

describe('an authenticator app', () => {
  let person: SignedIn;
  let key: string;
  let recoveryCodes: string[];

  const ask = async (line: string, body?: object) =>
    opened.ask(line, { cookie: person.cookie, ...(body ? { body } : {}) });
  const signIn = async (totp?: string, password = PASSWORD) =>
    opened.ask('POST /session', {
      body: { login: person.username, password, ...(totp === undefined ? {} : { totp }) },
    });
  const factors = async () => secondFactorsSchema.parse((await ask('GET /account/second-factors')).json);
  const newKey = async () => totpKeySchema.parse((await ask('POST /account/totp/key')).json);
  const enable = async (): Promise<ApiAnswer> => ask('PUT /account/totp', { key, code: totpCode(key) });
  const auditOf = async () =>
    opened.database.run(async (db) => {
      const rows = await db.auditEvent.findMany({ where: { target: person.username }, orderBy: { id: 'asc' } });
      return rows.filter(({ action }) => /^(totp|recovery-code|login)\./.test(action));
    });
  const actions = async () => (await auditOf()).map(({ action }) => action);
  /** Whatever is remembered of failures and of the last code is as if it had happened long ago. */
  const letTimePass = async () =>
    opened.database.run(async (db) => {
      await db.$executeRaw`UPDATE second_factor_failure SET since = since - interval '1 hour'`;
      await db.$executeRaw`UPDATE totp_factor SET last_step = last_step - 120`;
    });

  beforeEach(async () => {
    person = await signUp(opened);
    ({ key } = await newKey());
    recoveryCodes = enabledTotpSchema.parse((await enable()).json).recoveryCodes ?? [];
    await letTimePass();
  });

  it('is set up with a key that its code proves, and gives ten recovery codes', async () => {
    expect(recoveryCodes).toHaveLength(10);
    expect(await factors()).toEqual({ totp: { since: expect.any(String) }, passkeys: [], recoveryCodesLeft: 10 });
    expect(await actions()).toEqual(['totp.enable']);
    expect((await enable()).status).toBe(409);
  });

  it('is not set up by a wrong code, and a key alone changes nothing', async () => {
    person = await signUp(opened);
    const made = await newKey();
    expect(new URL(made.uri).searchParams.get('secret')).toBe(made.key);
    expect(decodeURIComponent(made.uri)).toContain(`Stowage stowage.example:${person.username}`);
    const wrong = await ask('PUT /account/totp', { key: made.key, code: totpCode(made.key, 4) });
    expect(wrong).toMatchObject({ status: 403, json: { errors: [{ field: 'code' }] } });
    expect((await ask('PUT /account/totp', { key: 'short', code: '123456' })).status).toBe(400);
    expect(await factors()).toEqual({ totp: null, passkeys: [], recoveryCodesLeft: 0 });
    expect((await signIn()).status).toBe(200);
    expect(await actions()).toEqual([]);
  });

  it('is asked for at a sign-in, after the password and never before it', async () => {
    expect(await signIn()).toMatchObject({
      status: 401,
      cookie: undefined,
      json: { reason: 'second-factor-needed', errors: [{ field: 'totp' }] },
    });
    expect((await signIn(undefined, 'wrong password')).json).not.toHaveProperty('reason');
    expect((await signIn(totpCode(key), 'wrong password')).status).toBe(401);
    const signedIn = await signIn(totpCode(key));
    expect(signedIn.status).toBe(200);
    expect((await opened.ask('GET /session', { cookie: signedIn.cookie })).status).toBe(200);
  });

  it('gives codes that work once, also for two who come at the same moment', async () => {
    const code = totpCode(key);
    const answers = await Promise.all([signIn(code), signIn(code)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401]);
    expect((await signIn(code)).status).toBe(401);
    expect((await signIn(totpCode(key, -1))).status).toBe(401); // older than the last one
  });

  it('has recovery codes that work once, however they are typed', async () => {
    const [first = '', second = ''] = recoveryCodes;
    expect((await signIn(first.toUpperCase().replaceAll('-', ' '))).status).toBe(200);
    expect((await signIn(first)).status).toBe(401);
    const answers = await Promise.all([signIn(second), signIn(second)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401]);
    expect((await factors()).recoveryCodesLeft).toBe(8);
    expect((await auditOf()).filter(({ action }) => action === 'recovery-code.use')).toMatchObject([
      { detail: { left: 9 } },
      { detail: { left: 8 } },
    ]);
  });

  it('takes five wrong codes, then none for a while, and says how long', async () => {
    for (let tried = 0; tried < 5; tried += 1) expect((await signIn('000000')).status).toBe(401);
    const refused = await signIn(totpCode(key));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(300);
    expect(await actions()).toEqual(['totp.enable', ...Array.from({ length: 5 }, () => 'login.fail')]);
    await letTimePass();
    expect((await signIn(totpCode(key))).status).toBe(200);
  });

  it('has its recovery codes replaced: those that there were stop to count', async () => {
    const answer = await ask('POST /account/recovery-codes');
    const { recoveryCodes: fresh } = recoveryCodesSchema.parse(answer.json);
    expect(answer.status).toBe(201);
    expect(fresh.some((code) => recoveryCodes.includes(code))).toBe(false);
    expect((await signIn(recoveryCodes[0])).status).toBe(401);
    expect((await signIn(fresh[0])).status).toBe(200);
    expect((await auditOf()).find(({ action }) => action === 'recovery-code.replace')?.detail).toEqual({
      before: { codes: 10 },
      after: { codes: 10 },
    });
  });

  it('is switched off by who has proved who they are, and its recovery codes go with it', async () => {
    const remove = async () => ask('DELETE /account/totp');
    expect((await remove()).status).toBe(204);
    expect(await factors()).toEqual({ totp: null, passkeys: [], recoveryCodesLeft: 0 });
    expect((await signIn()).status).toBe(200);
    expect((await remove()).status).toBe(404);
    expect((await ask('POST /account/recovery-codes')).status).toBe(409);
    expect(await actions()).toEqual(['totp.enable', 'totp.disable']);
  });

  it.each(['POST /account/totp/key', 'PUT /account/totp', 'POST /account/recovery-codes', 'DELETE /account/totp'])(
    '%s asks for the password when the sign-in is long ago',
    async (line) => {
      await opened.database.run(
        (db) => db.$executeRaw`
          UPDATE session SET confirmed_at = now() - interval '601 seconds' WHERE user_id = ${person.id}::uuid`,
      );
      const body = line.startsWith('PUT') ? { key, code: totpCode(key) } : undefined;
      expect(await ask(line, body)).toMatchObject({ status: 403, json: { reason: 'confirmation-needed' } });
      expect((await ask('POST /session/confirmation', { password: PASSWORD })).status).toBe(204);
      expect((await ask(line, body)).json).not.toHaveProperty('reason');
    },
  );

  it.each(['POST /account/totp/key', 'PUT /account/totp', 'DELETE /account/totp', 'POST /account/recovery-codes'])(
    '%s is not for access tokens, nor for nobody',
    async (line) => {
      const token = await createToken(opened, person);
      const request = line.startsWith('PUT') ? { body: { key, code: totpCode(key) } } : {};
      expect((await opened.ask(line, { token, ...request })).status).toBe(403);
      expect((await opened.ask(line, request)).status).toBe(401);
      expect((await factors()).totp).not.toBeNull();
    },
  );

  it('leaves no key and no code in the audit log', async () => {
    await signIn(recoveryCodes[0]);
    await signIn('000000');
    const text = JSON.stringify(await auditOf(), (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    for (const secret of [key, '000000', ...recoveryCodes]) expect(text).not.toContain(secret);
  });
});

import { accountEmailSchema } from '@stowage/contracts';
import { aName } from '@stowage/metadata/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { codeTo, mailTo } from './mail-of.js';
import { createToken, openApi, PASSWORD, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const EMAIL = '/account/email';

describe('an e-mail address', () => {
  let person: SignedIn;
  let email: string;

  beforeEach(async () => {
    person = await signUp(opened);
    email = `${person.username}@example.com`;
  });

  const state = async ({ cookie }: SignedIn = person) =>
    accountEmailSchema.parse((await opened.ask(`GET ${EMAIL}`, { cookie })).json);
  const change = async (address: string, { cookie }: SignedIn = person) =>
    opened.ask(`POST ${EMAIL}`, { cookie, body: { email: address } });
  const confirm = async (code: string) => opened.ask('POST /email-confirmations', { body: { code } });
  const sendAgain = async () => opened.ask(`POST ${EMAIL}/verification`, { cookie: person.cookie });
  const auditOf = async (action: string) =>
    opened.database.run((db) => db.auditEvent.findMany({ where: { action, target: person.username } }));
  const prove = async (someone: SignedIn) =>
    confirm(await codeTo(opened, `${someone.username}@example.com`, 'verify-address'));

  it('is confirmed by the link of the sign-up, once', async () => {
    expect(await state()).toEqual({ email, verifiedAt: null, pendingEmail: null });
    const code = await codeTo(opened, email, 'verify-address');
    expect(await confirm(code)).toMatchObject({ status: 200, json: { username: person.username, email } });
    expect(await state()).toEqual({ email, verifiedAt: expect.any(String), pendingEmail: null });
    expect((await confirm(code)).status).toBe(404);
    expect((await sendAgain()).status).toBe(409);
    const [row, ...others] = await auditOf('user.verify-address');
    expect(others).toEqual([]);
    expect(row?.detail).toEqual({ before: { email, verified: false }, after: { email, verified: true } });
  });

  it('is asked about again, but not without end', async () => {
    const statuses = [];
    for (let at = 0; at < 4; at += 1) statuses.push((await sendAgain()).status);
    expect(statuses).toEqual([202, 202, 429, 429]); // the first letter was the sign-up's
    expect((await auditOf('user.verify-request')).length).toBe(2);
    const letters = await mailTo(opened, email);
    expect(await confirm(letters[0]!.code!)).toMatchObject({ status: 200 });
    expect(await mailTo(opened, email)).toEqual([]); // the other two are not sent any more
    expect((await confirm(letters[1]!.code!)).status).toBe(404);
  });

  it('is changed when the letter to the new one is answered; the old one is told, and its links end', async () => {
    const address = `${aName()}@example.org`;
    const token = await createToken(opened, person);
    expect((await opened.ask(`POST ${EMAIL}`, { token, body: { email: address } })).status).toBe(403);
    expect((await change(address)).status).toBe(202);
    expect(await state()).toMatchObject({ email, pendingEmail: address });
    await opened.ask('POST /password-resets', { body: { login: email } });
    const reset = await codeTo(opened, email, 'reset-password');
    const verify = await codeTo(opened, email, 'verify-address');
    expect(await confirm(await codeTo(opened, address, 'change-address'))).toMatchObject({
      json: { username: person.username, email: address },
    });
    expect(await state()).toEqual({ email: address, verifiedAt: expect.any(String), pendingEmail: null });
    expect((await opened.ask('GET /session', { cookie: person.cookie })).json).toMatchObject({
      user: { email: address },
    });
    const answer = await opened.ask('POST /password-resets/complete', {
      body: { code: reset, newPassword: 'mallory was here' },
    });
    expect(answer.status).toBe(404);
    expect((await confirm(verify)).status).toBe(404);
    expect(await mailTo(opened, email)).toMatchObject([
      { template: 'address-changed', facts: { newAddress: address } },
    ]);
    expect((await auditOf('user.change-address')).map(({ detail }) => detail)).toEqual([
      { before: { email, verified: false }, after: { email: address, verified: true } },
    ]);
    expect((await auditOf('user.address-request')).map(({ detail }) => detail)).toEqual([{ email: address }]);
  });

  it('stays when the change is cancelled, replaced, or the password is changed meanwhile', async () => {
    const [first, second, third] = [1, 2, 3].map(() => `${aName()}@example.org`) as [string, string, string];
    await change(first);
    const code = await codeTo(opened, first, 'change-address');
    await change(second);
    expect((await confirm(code)).status).toBe(404);
    const replaced = await codeTo(opened, second, 'change-address');
    expect((await opened.ask(`DELETE ${EMAIL}`, { cookie: person.cookie })).status).toBe(204);
    expect((await opened.ask(`DELETE ${EMAIL}`, { cookie: person.cookie })).status).toBe(404);
    expect((await confirm(replaced)).status).toBe(404);
    await change(third);
    const last = await codeTo(opened, third, 'change-address');
    const body = { currentPassword: PASSWORD, newPassword: 'ships at night sail' };
    await opened.ask('POST /account/password', { cookie: person.cookie, body });
    expect((await confirm(last)).status).toBe(404);
    expect(await state()).toMatchObject({ email, pendingEmail: null });
  });

  it('of somebody else is never told to be: not at sign-up, not at a change, not afterwards', async () => {
    await prove(person);
    const stranger = await signUp(opened);
    const [known, unknown] = [email.toUpperCase(), `${aName()}@example.com`];
    const seen = [];
    for (const address of [known, unknown]) {
      const { status, text } = await change(address, stranger);
      seen.push({ status, text, ...(await state(stranger)), pendingEmail: undefined });
      expect((await state(stranger)).pendingEmail).toBe(address);
    }
    expect(seen[0]).toEqual(seen[1]);
    const letters = await mailTo(opened, known);
    expect(letters.map(({ template, code }) => [template, code])).toEqual([['address-known', undefined]]);
  });

  it('typed by two is his who proves it first; the other one is told when he proves it too', async () => {
    const username = aName('u');
    await opened.ask('POST /accounts', { body: { username, email, password: PASSWORD } });
    const [mine, theirs] = await mailTo(opened, email);
    expect([mine?.template, theirs?.template]).toEqual(['verify-address', 'verify-address']);
    const outcomes = await Promise.all([confirm(mine!.code!), confirm(theirs!.code!)]);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([200, 409]));
    const proven = await opened.database.run((db) =>
      db.user.count({ where: { email, emailVerifiedAt: { not: null } } }),
    );
    expect(proven).toBe(1);
  });

  it.each([`GET ${EMAIL}`, `DELETE ${EMAIL}`, `POST ${EMAIL}/verification`])('%s needs a sign-in', async (line) => {
    expect((await opened.ask(line)).status).toBe(401);
  });
});

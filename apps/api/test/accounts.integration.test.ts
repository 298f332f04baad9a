import { createHash } from 'node:crypto';
import { AdministratorSetup } from '@stowage/metadata';
import { aName } from '@stowage/metadata/testing';
import { describe, expect, it } from 'vitest';
import { openApi, PASSWORD } from './open-api.js';

const opened = openApi();
const account = (extra: object = {}) => {
  const username = aName('u');
  return { username, email: `${username}@example.com`, password: PASSWORD, ...extra };
};

describe('sign-up', () => {
  // CVE-2019-16097
  it.each(['isAdmin', 'is_admin', 'role', 'id', 'emailVerified', 'limitBytes', 'quota', 'passwordHash'])(
    'refuses %s (mass assignment)',
    async (field) => {
      const body = account({ [field]: field === 'role' ? 'admin' : true });
      const answer = await opened.ask('POST /accounts', { body });
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(field)]);
      expect((await opened.ask('POST /session', { body: { login: body.username, password: PASSWORD } })).status).toBe(
        401,
      );
    },
  );

  it('makes nobody an administrator', async () => {
    const answer = await opened.ask('POST /accounts', { body: account() });
    expect(answer.json).toMatchObject({ user: { isAdmin: false } });
    expect(answer.text).not.toMatch(/password|hash/i);
  });

  it.each([
    ['username', { username: 'admin' }, 400],
    ['username', { username: 'v2' }, 400],
    ['username', { username: 'Up' }, 400],
    ['username', { username: '../x' }, 400],
    ['username', { username: { not: '' } }, 400],
    ['email', { email: 'x' }, 400],
    ['password', { password: 'short' }, 400],
    ['password', { password: 'x'.repeat(300) }, 400],
  ])('names the field %s that is wrong: %j', async (field, extra, status) => {
    const answer = await opened.ask('POST /accounts', { body: account(extra) });
    expect([answer.status, (answer.json['errors'] as { field: string }[])[0]?.field]).toEqual([status, field]);
  });

  it('says that a name is taken, and never that an address is', async () => {
    const body = account();
    await opened.ask('POST /accounts', { body });
    const taken = await opened.ask('POST /accounts', { body: account({ username: body.username }) });
    expect([taken.status, taken.json['errors']]).toEqual([409, [expect.objectContaining({ field: 'username' })]]);
    await opened.database.run(
      (db) => db.$executeRaw`UPDATE app_user SET email_verified_at = now() WHERE username = ${body.username}`,
    );
    for (const email of [body.email, body.email.toUpperCase(), `${aName()}@example.com`]) {
      const answer = await opened.ask('POST /accounts', { body: account({ email }) });
      expect([answer.status, Object.keys(answer.json), (answer.json['user'] as { email: string }).email]).toEqual([
        201,
        ['user'],
        email,
      ]);
    }
    // Whose address it is signs in with it.
    const signedIn = await opened.ask('POST /session', { body: { login: body.email, password: PASSWORD } });
    expect(signedIn.json).toMatchObject({ user: { username: body.username } });
  });
});

describe('the first administrator', () => {
  it('needs the newest code, once (CVE-2026-4404)', async () => {
    const setup = new AdministratorSetup(opened.database);
    await setup.replaceCode(createHash('sha256').update('code').digest('hex'));
    expect((await opened.ask('GET /setup')).json).toMatchObject({ administratorNeeded: true });
    expect((await opened.ask('POST /setup', { body: account({ code: 'wrong' }) })).status).toBe(403);
    expect((await opened.ask('POST /setup', { body: account({ code: 'code' }) })).json).toMatchObject({
      user: { isAdmin: true },
    });
    expect((await opened.ask('POST /setup', { body: account({ code: 'code' }) })).status).toBe(403);
    expect((await opened.ask('GET /setup')).json).toMatchObject({ administratorNeeded: false });
  });
});

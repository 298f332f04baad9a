import { accountSessionListSchema } from '@stowage/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { createToken, openApi, PASSWORD, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const SESSIONS = '/account/sessions';

describe('an account', () => {
  let person: SignedIn;

  beforeEach(async () => {
    person = await signUp(opened);
  });

  const signInAgain = async (password = PASSWORD, agent = 'Firefox on a ship') =>
    opened.ask('POST /session', {
      body: { login: person.username, password },
      headers: { 'user-agent': agent },
    });
  const list = async (cookie = person.cookie) =>
    accountSessionListSchema.parse((await opened.ask(`GET ${SESSIONS}`, { cookie })).json).items;
  const isSignedIn = async (cookie: string | undefined) =>
    (await opened.ask('GET /session', { cookie })).status === 200;
  const auditOf = async (action: string) =>
    opened.database.run((db) => db.auditEvent.findMany({ where: { action, actorName: person.username } }));

  it('sees its sessions, where they were begun, and which one is this', async () => {
    const { cookie } = await signInAgain();
    const sessions = await list();
    expect(sessions).toHaveLength(2);
    expect(sessions.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    expect(sessions.find(({ isCurrent }) => !isCurrent)).toMatchObject({
      userAgent: 'Firefox on a ship',
      address: expect.any(String),
    });
    const current = (await list(cookie)).find(({ isCurrent }) => isCurrent);
    expect(current?.userAgent).toBe('Firefox on a ship');
    expect(cookie).not.toContain(current?.id);
  });

  it('ends one session, and no session of somebody else', async () => {
    const { cookie } = await signInAgain();
    const other = (await list()).find(({ isCurrent }) => !isCurrent)!;
    const stranger = await signUp(opened);
    expect((await opened.ask(`DELETE ${SESSIONS}/${other.id}`, { cookie: stranger.cookie })).status).toBe(404);
    expect(await isSignedIn(cookie)).toBe(true);
    expect((await opened.ask(`DELETE ${SESSIONS}/${other.id}`, { cookie: person.cookie })).status).toBe(204);
    expect(await isSignedIn(cookie)).toBe(false);
    expect((await opened.ask(`DELETE ${SESSIONS}/${other.id}`, { cookie: person.cookie })).status).toBe(404);
    expect(await auditOf('session.end')).toHaveLength(1);
  });

  it('ends all other sessions', async () => {
    const cookies = [(await signInAgain()).cookie, (await signInAgain()).cookie];
    expect((await opened.ask(`DELETE ${SESSIONS}`, { cookie: person.cookie })).status).toBe(204);
    for (const cookie of cookies) expect(await isSignedIn(cookie)).toBe(false);
    expect(await isSignedIn(person.cookie)).toBe(true);
    expect((await auditOf('session.end'))[0]?.detail).toEqual({ sessions: 2 });
  });

  it('changes its password; whatever the old one has begot ends, but not this session', async () => {
    const { cookie } = await signInAgain();
    const token = await createToken(opened, person);
    const change = async (currentPassword: string, newPassword: string) =>
      opened.ask('POST /account/password', { cookie: person.cookie, body: { currentPassword, newPassword } });
    const wrong = await change('not it at all', 'ships at night sail');
    expect(wrong).toMatchObject({ status: 403, json: { errors: [{ field: 'currentPassword' }] } });
    expect((await change(PASSWORD, 'short')).status).toBe(400);
    expect(await isSignedIn(cookie)).toBe(true);
    expect((await change(PASSWORD, 'ships at night sail')).status).toBe(204);
    expect(await isSignedIn(person.cookie)).toBe(true);
    expect(await isSignedIn(cookie)).toBe(false);
    expect((await opened.ask('GET /namespaces', { token })).status).toBe(401);
    expect((await signInAgain()).status).toBe(401);
    expect((await signInAgain('ships at night sail')).status).toBe(200);
    const audited = await auditOf('user.password');
    expect(audited.map(({ detail }) => detail)).toEqual([{ sessions: 1, accessTokens: 1 }]);
    expect(
      JSON.stringify(audited, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain('ships');
  });

  it.each(['POST /account/password', `GET ${SESSIONS}`, `DELETE ${SESSIONS}`])('%s needs a sign-in', async (line) => {
    const body = line.startsWith('POST') ? { body: { currentPassword: 'x', newPassword: 'y'.repeat(12) } } : {};
    expect((await opened.ask(line, body)).status).toBe(401);
  });
});

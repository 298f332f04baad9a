import { describe, expect, it } from 'vitest';
import { aName } from '@stowage/metadata/testing';
import { type ApiAnswer, openApi, ORIGIN, PASSWORD, signUp } from './open-api.js';

const opened = openApi();

describe('a session', () => {
  const signIn = (cookie?: string, login?: string, password = PASSWORD) =>
    opened.ask('POST /session', { cookie, body: { login, password } });

  it('has another id after each sign-in, and the one before is worth nothing (fixation, 4.8)', async () => {
    const first = await signUp(opened);
    const second = await signIn(first.cookie, first.username);
    expect(second.status).toBe(200);
    expect(second.cookie).not.toBe(first.cookie);
    expect((await opened.ask('GET /session', { cookie: second.cookie })).status).toBe(200);
    expect((await opened.ask('GET /session', { cookie: first.cookie })).status).toBe(401);
  });

  it('is never made under an id that somebody chose', async () => {
    const { username } = await signUp(opened);
    const planted = `stowage=${'a'.repeat(32)}.${'b'.repeat(43)}`;
    const { cookie } = await signIn(planted, username);
    expect(cookie).toBeDefined();
    expect(cookie?.split('.')[0]).not.toBe(planted.split('.')[0]);
    expect((await opened.ask('GET /session', { cookie: planted })).status).toBe(401);
  });

  it('is out of the reach of scripts and of other sites', async () => {
    const username = aName('u');
    const { headers } = await opened.ask('POST /accounts', {
      body: { username, email: `${username}@x.example`, password: PASSWORD },
    });
    expect(String(headers['set-cookie'])).toMatch(/^stowage=[^;]+; Path=\/; .*HttpOnly; SameSite=Lax/);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('ends with sign-out, and with its user', async () => {
    const [leaving, disabled] = [await signUp(opened), await signUp(opened)];
    expect((await opened.ask('DELETE /session', { cookie: leaving.cookie })).status).toBe(204);
    expect((await opened.ask('GET /session', { cookie: leaving.cookie })).status).toBe(401);
    await opened.database.run((db) => db.user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } }));
    expect((await opened.ask('GET /session', { cookie: disabled.cookie })).status).toBe(401);
    expect((await signIn(undefined, disabled.username)).status).toBe(401);
  });

  it('is not lost to a request that was sent before it began and is answered after it', async () => {
    const first = await signUp(opened);
    const second = await signIn(first.cookie, first.username);
    // Whatever it says of the cookie that has ended, the browser would do to the new one, which has the same name.
    for (const line of ['GET /setup', 'GET /session', 'POST /session']) {
      const late = await opened.ask(line, { cookie: first.cookie });
      expect([line, late.headers['set-cookie']]).toEqual([line, undefined]);
    }
    const signedOut = await opened.ask('DELETE /session', { cookie: second.cookie });
    expect(String(signedOut.headers['set-cookie'])).toMatch(/^stowage=; .*(Max-Age=0|Expires=Thu, 01 Jan 1970)/);
    expect([signedOut.headers['set-cookie']].flat()).toHaveLength(1);
  });

  it('refuses an unknown user and a wrong password with the same words (4.12)', async () => {
    const { username } = await signUp(opened);
    const strip = ({ status, json }: ApiAnswer) => [status, { ...json, requestId: '' }];
    expect(strip(await signIn(undefined, username, 'wrong password'))).toEqual(
      strip(await signIn(undefined, 'nobody-here', 'wrong password')),
    );
  });
});

describe('a request from another site (4.13)', () => {
  it.each<[string, Record<string, string>, number]>([
    ['a program, which says nothing', {}, 201],
    ['our own page', { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }, 201],
    ['our own page, in an older browser', { origin: ORIGIN }, 201],
    ['the address bar', { 'sec-fetch-site': 'none' }, 201],
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
    ['another site, in an older browser', { origin: 'https://evil.example' }, 403],
    ['another site that lies about its origin', { origin: ORIGIN, 'sec-fetch-site': 'cross-site' }, 403],
    ['a subdomain', { origin: 'http://x.stowage.example', 'sec-fetch-site': 'same-site' }, 403],
    ['a sandbox', { origin: 'null' }, 403],
    ['our host by another scheme', { origin: ORIGIN.replace('http', 'https') }, 403],
    ['our host on another port', { origin: `${ORIGIN}:81` }, 403],
    ['a name that begins like ours', { origin: `${ORIGIN}.evil.example` }, 403],
  ])('%s', async (_, headers, status) => {
    const { cookie } = await signUp(opened);
    const name = aName('org');
    expect((await opened.ask('POST /namespaces', { cookie, headers, body: { name } })).status).toBe(status);
    expect((await opened.ask(`GET /namespaces/${name}`, { cookie })).status).toBe(status === 201 ? 200 : 404);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/json\ta',
    ' application/json;x',
    'application/json x',
    '',
  ])('with the Content-Type %j makes nothing (CVE-2026-25223, CVE-2026-33806, CVE-2026-3419)', async (type) => {
    const { cookie } = await signUp(opened);
    const name = aName('org');
    const answer = await opened.ask('POST /namespaces', {
      cookie,
      headers: { 'content-type': type },
      body: JSON.stringify({ name, kind: 'personal' }),
    });
    expect([400, 415]).toContain(answer.status);
    expect((await opened.ask(`GET /namespaces/${name}`, { cookie })).status).toBe(404);
  });

  it('can not sign anybody in or up (login CSRF)', async () => {
    const { username } = await signUp(opened);
    const headers = { origin: 'https://evil.example' };
    expect((await opened.ask('POST /session', { headers, body: { login: username, password: PASSWORD } })).status).toBe(
      403,
    );
    expect((await opened.ask('POST /accounts', { headers, body: {} })).status).toBe(403);
    expect((await opened.ask('DELETE /session', { headers })).status).toBe(403);
  });
});

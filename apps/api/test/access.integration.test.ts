import { API_ROUTES } from '@stowage/contracts';
import { routesOf } from '@stowage/nest-kit/testing';
import { describe, expect, it } from 'vitest';
import { openApi, signUp } from './open-api.js';

const opened = openApi();
const ID = '11111111-1111-4111-8111-111111111111';

/** The routes that answer somebody who has not signed in; everything else is 401 (deny by default). */
const PUBLIC = API_ROUTES.filter(({ access }) => access === 'anyone' || access.endsWith(': see')).map(
  ({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
);

/** The pages about the API, and what researchers of security look for, are files for everybody. */
const linesOf = () =>
  routesOf(opened.app)
    .filter(({ path }) => !path.startsWith('/api/docs') && path !== '/.well-known/security.txt')
    .map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`);
const fill = (line: string, names: Record<string, string> = {}) =>
  line.replaceAll(/:(\w+)/g, (_, name: string) => names[name] ?? (name === 'id' ? ID : 'nope'));

describe('without credentials', () => {
  it('every other route is closed, whatever is sent (deny by default)', async () => {
    const closed = linesOf().filter((line) => !PUBLIC.includes(line));
    expect(closed.length).toBeGreaterThanOrEqual(10);
    for (const line of closed) {
      for (const body of [undefined, {}, { name: 'x' }]) {
        const { status } = await opened.ask(fill(line), body === undefined ? {} : { body });
        expect([line, status]).toEqual([line, 401]);
      }
    }
  });

  // 1.5 CVE-2026-42018, 1.6: guards see every spelling that a handler sees
  it.each([
    '/session/',
    '//session',
    '/./session',
    '/session%2f',
    '/session;x',
    '/SESSION',
    '/session?x',
    '/access-tokens/',
    '/namespaces//',
    '/namespaces/%2e',
  ])('GET %s gives nothing away', async (path) => {
    expect([400, 401, 404]).toContain((await opened.ask(`GET ${path}`)).status);
  });

  it.each([
    'Bearer',
    'Bearer x',
    'Basic YTpi',
    'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x',
    `Bearer stw_pat_${'a'.repeat(38)}`,
    'bearer  ',
    '',
  ])(
    'the Authorization %j is refused, also on public routes and beside a good cookie (#28877)',
    async (authorization) => {
      const { cookie } = await signUp(opened);
      for (const line of ['GET /setup', 'GET /session', 'GET /namespaces/nope']) {
        expect((await opened.ask(line, { cookie, headers: { authorization } })).status).toBe(401);
      }
    },
  );

  it.each(['x-remote-user', 'x-forwarded-user', 'x-webauth-user'])(
    '%s means nothing (CVE-2026-20896)',
    async (name) => {
      const { username } = await signUp(opened);
      expect((await opened.ask('GET /session', { headers: { [name]: username } })).status).toBe(401);
    },
  );
});

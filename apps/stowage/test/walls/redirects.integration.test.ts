import { API_PREFIX, API_ROUTES, type NamedRoute, type Route } from '@stowage/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareRequest } from './ask-route.js';
import { decisionFor } from './callers.js';
import { openSite, PUBLIC_URL } from './open-site.js';
import { createWorld, type World } from './world.js';

const site = openSite();
let world: World;
const line = ({ method, path }: NamedRoute) => `${method} ${path}`;

beforeAll(async () => {
  world = await createWorld(site);
});

/** Fields that say where a browser goes: a new route that has one is tested the day it is made. */
const WHERE_TO = /^(next|return|return_?to|redirect|redirect_?u(ri|rl)|continue|callback(_?url)?|goto|target_?url)$/i;

const fieldsOf = (schema: Route['body']) => (schema && 'shape' in schema ? Object.keys(schema.shape as object) : []);
const whereTo = (route: Route) =>
  [...fieldsOf(route.query), ...fieldsOf(route.body)].filter((name) => WHERE_TO.test(name));

const ELSEWHERE = [
  'https://evil.example',
  'http:evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\r\n/evil.example',
  '\u0000//evil.example',
  ' //evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  `//${PUBLIC_URL.host}@evil.example`,
  `${PUBLIC_URL.origin}.evil.example/`,
  `${PUBLIC_URL.origin}@evil.example/`,
  'evil.example',
  '.evil.example',
  '',
];

// 1.2 #3844, #4238; 1.3 CVE-2024-22244.
describe('a field that says where to go', () => {
  const routes = API_ROUTES.filter((route) => whereTo(route).length > 0);

  it('is one of these', () => {
    expect(routes.map((route) => [route.operation, whereTo(route)])).toEqual([['startProviderSignIn', ['next']]]);
  });

  it.each(routes.map((route) => [line(route), route] as const))('of %s leads nowhere else', async (_line, route) => {
    for (const name of whereTo(route)) {
      const schema = route.body ?? route.query;
      const ofExample = (next: string) => ({ ...(route.example as object), [name]: next });
      for (const next of ELSEWHERE) {
        expect([next, schema?.safeParse(ofExample(next)).success]).toEqual([next, false]);
        const request = await prepareRequest(route, world, 'owner');
        const body = { ...(request.body as object), [name]: next };
        expect([next, (await site.send({ ...request, body })).status]).toEqual([next, 400]);
      }
      // A path of this site is none of these.
      expect(schema?.safeParse(ofExample('/n/acme?tab=members#top')).success).toBe(true);
    }
  });
});

describe('an answer', () => {
  it.each(API_ROUTES.map((route) => [line(route), route] as const))(
    'to %s sends nobody to another site',
    async (_line, route) => {
      const caller = decisionFor(route, 'owner') === '✓' ? 'owner' : 'administrator';
      const own = route.method === 'GET' ? world : await createWorld(site);
      const request = await prepareRequest(route, own, caller);
      const hosts = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };
      const { status, headers } = await site.send({ ...request, headers: { ...request.headers, ...hosts } });
      expect(status >= 300 && status < 400).toBe(false);
      for (const name of ['location', 'refresh', 'content-location', 'link']) {
        const value = String(headers[name] ?? '/');
        expect([name, new URL(value, PUBLIC_URL).origin]).toEqual([name, PUBLIC_URL.origin]);
      }
    },
  );

  it('about a session that leads elsewhere is none: the API has no page that forwards', async () => {
    for (const path of ['/session', '/setup', '/sign-in-providers']) {
      for (const name of ['next', 'redirect', 'return_to', 'callback_ui']) {
        const query = new URLSearchParams({ [name]: '//evil.example' });
        const { status, headers } = await site.send({ method: 'GET', path: `${API_PREFIX}${path}?${query}` });
        expect([status >= 400, headers['location']]).toEqual([true, undefined]);
      }
    }
  });
});

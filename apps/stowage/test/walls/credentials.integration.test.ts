import { API_ROUTES, REGISTRY_ROUTES } from '@stowage/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareRequest } from './ask-route.js';
import { decisionFor } from './callers.js';
import { fingerprint } from './fingerprint.js';
import { openSite } from './open-site.js';
import { registryToken } from './registry-token.js';
import { createWorld, PASSWORD, type World } from './world.js';

const site = openSite();
let world: World;
let token: string;
const EVIL = 'https://evil.example';
const changes = API_ROUTES.filter(({ method }) => method !== 'GET');
const closed = API_ROUTES.filter(({ access }) => access !== 'anyone');
const titled = (routes: typeof API_ROUTES) => routes.map((route) => [`${route.method} ${route.path}`, route] as const);

beforeAll(async () => {
  world = await createWorld(site);
  const name = `${world.tenant.namespace.name}/${world.repository}`;
  const scope = `repository:${name}:pull,push,delete`;
  token = (await registryToken(world, { login: 'owner', scopes: [scope] })).token;
});

describe('a token of the registry', () => {
  it.each(titled(API_ROUTES))('is nothing for %s', async (_line, route) => {
    const request = await prepareRequest(route, world, 'owner');
    const headers = { ...request.headers, authorization: `Bearer ${token}` };
    const before = await fingerprint(site.database);
    expect((await site.send({ ...request, headers })).status).toBe(401);
    expect(await fingerprint(site.database)).toEqual(before);
  });
});

describe('the cookie of the dashboard', () => {
  it.each(REGISTRY_ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'is nothing for %s',
    async (_line, { method, path }) => {
      const filled = path
        .replace('{name}', `${world.tenant.namespace.name}/${world.repository}`)
        .replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'id' ? crypto.randomUUID() : world.image.digest));
      const { cookie = '' } = await world.credentials('owner');
      expect((await site.send({ method, path: filled, headers: { cookie } })).status).toBe(401);
    },
  );

  it('is nothing for the token service', async () => {
    const { cookie = '' } = await world.credentials('owner');
    const name = `${world.tenant.namespace.name}/${world.repository}`;
    const asked = { login: null, scopes: [`repository:${name}:pull`], headers: { cookie } } as const;
    expect((await registryToken(world, asked)).access).toEqual([]);
  });
});

describe('a page of another site', () => {
  it.each(titled(changes))('can not make a browser %s', async (_line, route) => {
    const request = await prepareRequest(route, world, 'owner');
    const before = await fingerprint(site.database);
    for (const forged of [{ origin: EVIL }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site', origin: EVIL }]) {
      expect((await site.send({ ...request, headers: { ...request.headers, ...forged } })).status).toBe(403);
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const headers = { ...request.headers, 'content-type': type };
      const { status } = await site.send({ ...request, headers, body: JSON.stringify(request.body ?? {}) });
      expect([type, status]).toEqual([type, 415]);
    }
    expect(await fingerprint(site.database)).toEqual(before);
  });
});

describe('a header that names another host', () => {
  it.each(titled(API_ROUTES.filter(({ method }) => method === 'GET')))(
    'is in no answer to %s',
    async (_line, route) => {
      const caller = route.access === 'administrator' ? 'administrator' : 'owner';
      const request = await prepareRequest(route, world, caller);
      const spoofed = {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'evil',
        forwarded: 'host=evil.example',
      };
      const answer = await site.send({ ...request, headers: { ...request.headers, ...spoofed } });
      expect(`${JSON.stringify(answer.headers)} ${answer.text}`).not.toContain('evil');
    },
  );
});

describe('a session', () => {
  it('has a new id after a sign-in, and the one before is worth nothing (fixation)', async () => {
    const fresh = await createWorld(site);
    const { cookie: planted = '' } = await fresh.credentials('reader');
    const { username } = await fresh.person('developer');
    const answer = await site.send({
      method: 'POST',
      path: '/api/v1/session',
      headers: { cookie: planted },
      body: { login: username, password: PASSWORD },
    });
    const given = [answer.headers['set-cookie'] ?? []].flat().map(String);
    expect(answer.status).toBe(200);
    expect(given.some((cookie) => cookie.startsWith(planted))).toBe(false);
    expect((await site.send({ method: 'GET', path: '/api/v1/session', headers: { cookie: planted } })).status).toBe(
      401,
    );
  });

  it.each(titled(closed))('that nobody has begun opens nothing: %s', async (_line, route) => {
    const request = await prepareRequest(route, world, 'anonymous');
    const headers = { cookie: `stowage=${'A'.repeat(32)}.${'B'.repeat(43)}` };
    const expected = decisionFor(route, 'anonymous');
    expect((await site.send({ ...request, headers })).status).toBe(expected);
  });
});

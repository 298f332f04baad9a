import { API_ROUTES, type NamedRoute, type ProtocolRoute, REGISTRY_ROUTES, TOKEN_ROUTES } from '@stowage/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareRequest } from './ask-route.js';
import type { Caller } from './callers.js';
import { fingerprint } from './fingerprint.js';
import { brokenHeaders, INJECTIONS, intoBody, intoPath, intoQuery } from './injections.js';
import { openSite, type SiteAnswer, type SiteRequest } from './open-site.js';
import { registryToken } from './registry-token.js';
import { createWorld, type World } from './world.js';

const site = openSite();
let world: World;
let token: string;
const line = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const nameOf = () => `${world.tenant.namespace.name}/${world.repository}`;

beforeAll(async () => {
  world = await createWorld(site);
  const scopes = [`repository:${nameOf()}:pull,push,delete`, 'registry:catalog:*'];
  token = (await registryToken(world, { login: 'owner', scopes })).token;
});

/** The one whom the walls let through: what is refused is refused for what was sent. */
function insiderOf({ access }: NamedRoute): Caller {
  return access === 'administrator' ? 'administrator' : 'owner';
}

/** Sends it; the answer is no failure of ours, and its headers are ours alone. */
async function expectOurs(request: SiteRequest, what: string): Promise<SiteAnswer> {
  const answer = await site.send(request);
  const { path, body } = request;
  expect([what, path, body, answer.status < 500, brokenHeaders(answer.headers)]).toEqual([what, path, body, true, []]);
  return answer;
}

// 4.1, 4.9: whatever reaches a header has been parsed, or is written so that it stays one value.
describe('no header of an answer is somebody else’s', () => {
  it.each(API_ROUTES.map((route) => [line(route), route] as const))(
    '%s refuses it in the path, and changes nothing',
    async (_line, route) => {
      const request = await prepareRequest(route, world, insiderOf(route));
      const values = segmentsOf(route, request.path);
      const before = await fingerprint(site.database);
      for (const { what, text } of INJECTIONS) {
        for (const path of intoPath(request.path, values, text)) {
          const { status } = await expectOurs({ ...request, path }, what);
          expect([path, status >= 400]).toEqual([path, true]);
        }
      }
      expect(await fingerprint(site.database)).toEqual(before);
    },
  );

  it.each(API_ROUTES.map((route) => [line(route), route] as const))(
    '%s refuses a NUL in the query and parameters that it does not know',
    async (_line, route) => {
      const request = await prepareRequest(route, await worldFor(route), insiderOf(route));
      const names = Object.keys(route.query?.shape ?? {});
      for (const { what, text } of INJECTIONS) {
        const paths = intoQuery(request.path, names, text);
        for (const [index, path] of paths.entries()) {
          const { status } = await expectOurs({ ...request, path }, what);
          const isKnown = index < names.length;
          if (text === '\0' || !isKnown) expect([path, status >= 400]).toEqual([path, true]);
        }
      }
    },
  );

  it.each(API_ROUTES.filter(({ body }) => body !== undefined).map((route) => [line(route), route] as const))(
    '%s refuses a NUL in any text of its body',
    async (_line, route) => {
      for (const { what, text } of INJECTIONS) {
        const own = await worldFor(route);
        const request = await prepareRequest(route, own, insiderOf(route));
        for (const body of intoBody(request.body, text)) {
          const { status } = await expectOurs({ ...request, body }, what);
          if (text === '\0') expect([body, status >= 400]).toEqual([body, true]);
        }
      }
    },
  );
});

/** A request that succeeds leaves a world in which the next one would not. */
async function worldFor({ method }: NamedRoute): Promise<World> {
  return method === 'GET' ? world : createWorld(site);
}

/** What stands in the path for the parameters of the route, encoded. */
function segmentsOf(route: NamedRoute, path: string): string[] {
  const segments =
    path
      .split('?')[0]
      ?.split('/')
      .slice(-route.path.split('/').length + 1) ?? [];
  const named = route.path.split('/').slice(1);
  return segments.filter((_, index) => named[index]?.startsWith('{')).concat(segments.slice(-1));
}

/** Every parameter that the specifications give to some route. */
const QUERY = ['n', 'last', 'digest', 'mount', 'from', 'tag', 'artifactType', 'digest-algorithm', 'ns', '_state'];
const TOKEN_QUERY = ['service', 'scope', 'account', 'client_id', 'offline_token'];

describe('no header of an answer of the protocol is somebody else’s', () => {
  it.each(REGISTRY_ROUTES.map((route) => [line(route), route] as const))(
    '%s refuses it in the path, with a token and without one',
    async (_line, route) => {
      const path = fill(route);
      const values = [world.tenant.namespace.name, world.repository, ...path.split('/').slice(-1)];
      const before = await fingerprint(site.database);
      for (const headers of [{ authorization: `Bearer ${token}` }, {}]) {
        for (const { what, text } of INJECTIONS) {
          for (const injected of intoPath(path, values, text)) {
            const request = { method: route.method, path: injected, headers };
            const { status } = await expectOurs(request, what);
            expect([injected, status >= 400]).toEqual([injected, true]);
          }
        }
      }
      expect(await fingerprint(site.database)).toEqual(before);
    },
  );

  it.each(REGISTRY_ROUTES.map((route) => [line(route), route] as const))(
    '%s keeps it out of its headers when it is in the query',
    async (_line, route) => {
      for (const headers of [{ authorization: `Bearer ${token}` }, {}]) {
        for (const { what, text } of INJECTIONS) {
          for (const path of intoQuery(fill(route), QUERY, text)) {
            await expectOurs({ method: route.method, path, headers }, what);
          }
        }
      }
    },
  );

  it.each(TOKEN_ROUTES.filter(({ path }) => path === '/token').map((route) => [line(route), route] as const))(
    '%s keeps it out of its headers, wherever it is',
    async (_line, { method }) => {
      const fields = { service: 'stowage.example', client_id: 'x', grant_type: 'password', scope: 'a:b:c' };
      for (const { what, text } of INJECTIONS) {
        for (const path of intoQuery(`/token?${new URLSearchParams(fields)}`, TOKEN_QUERY, text)) {
          const form = {
            body: path.split('?')[1],
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
          };
          await expectOurs(method === 'POST' ? { method, path: '/token', ...form } : { method, path }, what);
        }
      }
    },
  );
});

/** Nothing that a deletion would find, and what a read does. */
function fill({ method, path }: ProtocolRoute): string {
  const missing = `sha256:${'0'.repeat(64)}`;
  return path
    .replace('{name}', nameOf())
    .replace('{id}', crypto.randomUUID())
    .replace('{reference}', method === 'DELETE' ? missing : world.tag)
    .replace('{digest}', method === 'DELETE' ? missing : world.image.digest);
}

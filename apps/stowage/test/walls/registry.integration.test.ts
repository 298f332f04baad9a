import { type ProtocolRoute, REGISTRY_ROUTES, VISIBILITIES } from '@stowage/contracts';
import { createRepository } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { CALLERS, type Caller } from './callers.js';
import { fingerprint } from './fingerprint.js';
import { openSite } from './open-site.js';
import { registryToken } from './registry-token.js';
import { createWorld, type World } from './world.js';

const site = openSite();
let world: World;
const nameOf = (path: string) => `${world.tenant.namespace.name}/${path}`;
const ACTIONS = 'pull,push,delete';

beforeAll(async () => {
  world = await createWorld(site);
  for (const visibility of VISIBILITIES) await createRepository(site.database, nameOf(visibility), { visibility });
});

/**
 * What the token service grants of `pull,push,delete`, on a repository of each visibility and on one that is not there
 * yet. The limited token has `pull` and `api` on `app` alone; what is public it pulls as anybody does.
 */
const GRANTED: Record<Caller, Record<'app' | (typeof VISIBILITIES)[number] | 'missing', string>> = {
  anonymous: { app: '', private: '', internal: '', public: 'pull', missing: '' },
  outsider: { app: '', private: '', internal: 'pull', public: 'pull', missing: '' },
  reader: { app: 'pull', private: 'pull', internal: 'pull', public: 'pull', missing: 'pull' },
  developer: {
    app: 'pull,push',
    private: 'pull,push',
    internal: 'pull,push',
    public: 'pull,push',
    missing: 'pull,push',
  },
  maintainer: { app: ACTIONS, private: ACTIONS, internal: ACTIONS, public: ACTIONS, missing: ACTIONS },
  owner: { app: ACTIONS, private: ACTIONS, internal: ACTIONS, public: ACTIONS, missing: ACTIONS },
  'token of the owner': { app: ACTIONS, private: ACTIONS, internal: ACTIONS, public: ACTIONS, missing: ACTIONS },
  'limited token': { app: 'pull', private: '', internal: '', public: 'pull', missing: '' },
  robot: { app: ACTIONS, private: ACTIONS, internal: ACTIONS, public: ACTIONS, missing: ACTIONS },
  administrator: { app: '', private: '', internal: 'pull', public: 'pull', missing: '' },
  'disabled owner': { app: '', private: '', internal: '', public: '', missing: '' },
};

describe('a token of the registry', () => {
  it.each(CALLERS)('grants to the caller “%s” what the table says, and never more than was asked', async (caller) => {
    if (caller === 'disabled owner') await world.credentials(caller); // it is the session that disables
    for (const [path, granted] of Object.entries(GRANTED[caller])) {
      const asked = { login: caller, scopes: [`repository:${nameOf(path)}:${ACTIONS}`] } as const;
      const { status, access } = await registryToken(world, asked);
      expect([path, status]).toEqual([path, caller === 'disabled owner' ? 401 : 200]);
      expect([path, access.flatMap(({ actions }) => actions).join(',')]).toEqual([path, granted]);
    }
    const little = { login: caller, scopes: [`repository:${nameOf('public')}:pull`] } as const;
    expect((await registryToken(world, little)).access.flatMap(({ actions }) => actions)).not.toContain('push');
  });
});

describe('a route of the registry', () => {
  const callers = CALLERS.filter((caller) => caller !== 'disabled owner'); // who gets no token at all
  it.each(REGISTRY_ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s lets through whose token grants it',
    async (_line, route) => {
      const met: Record<string, unknown> = {};
      const expected: Record<string, unknown> = {};
      const before = await fingerprint(site.database);
      for (const caller of callers) {
        const scopes = [`repository:${nameOf('app')}:${ACTIONS}`, 'registry:catalog:*'];
        const { token } = await registryToken(world, { login: caller, scopes });
        const { status } = await site.send({
          method: route.method,
          path: fill(route),
          headers: { authorization: `Bearer ${token}` },
        });
        met[caller] = status === 401 ? 'refused' : 'let through';
        expected[caller] = isGranted(route, caller) ? 'let through' : 'refused';
        expect([caller, status < 500]).toEqual([caller, true]);
      }
      expect(met).toEqual(expected);
      if (route.method === 'GET' || route.method === 'HEAD') expect(await fingerprint(site.database)).toEqual(before);
    },
  );
});

/** Nothing that is there, where it would be changed: whoever is let through is told so. */
function fill({ method, path }: ProtocolRoute): string {
  const missing = `sha256:${'0'.repeat(64)}`;
  const reference = method === 'DELETE' ? missing : world.tag;
  return path
    .replace('{name}', nameOf('app'))
    .replace('{id}', crypto.randomUUID())
    .replace('{reference}', reference)
    .replace('{digest}', missing);
}

function isGranted({ access }: ProtocolRoute, caller: Caller): boolean {
  if (access === 'token') return true;
  if (access === 'catalog') return caller !== 'anonymous' && caller !== 'limited token';
  return GRANTED[caller].app.split(',').includes(access.replace('repository: ', ''));
}

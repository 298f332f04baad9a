import { API_ROUTES, changesContent, REGISTRY_ROUTES } from '@stowage/contracts';
import { ReadOnlyModes, SYSTEM_ACTOR } from '@stowage/metadata';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepareRequest } from './ask-route.js';
import { type Caller, decisionFor } from './callers.js';
import { fingerprint } from './fingerprint.js';
import { openSite } from './open-site.js';
import { registryToken } from './registry-token.js';
import { createWorld, type World } from './world.js';

const site = openSite();
const MESSAGE = 'The disk is being exchanged until 14:00 UTC';
let modes: ReadOnlyModes;

beforeAll(() => {
  modes = new ReadOnlyModes(site.database);
});

const scopes = {
  registry: () => null,
  namespace: ({ tenant }: World) => tenant.namespace,
};
type Scope = keyof typeof scopes;
let world: World;

beforeEach(async () => {
  await site.database.run((db) => db.readOnlyMode.deleteMany());
  world = await createWorld(site);
});

const begin = async (scope: Scope) => modes.begin(scopes[scope](world), MESSAGE, SYSTEM_ACTOR);
const named = <R extends { method: string; path: string }>(routes: readonly R[]) =>
  routes.map((route) => [`${route.method} ${route.path}`, route] as const);

const writes = API_ROUTES.filter(({ method }) => method !== 'GET');
const refused = writes.filter(changesContent);
const ofNamespaces = refused.filter(({ path }) => path.includes('{namespace}'));

describe.each([
  ['registry', refused],
  ['namespace', ofNamespaces],
] as const)('while the %s is read-only', (scope, routes) => {
  it.each(named(routes))('%s answers 503 with the message, and changes nothing', async (_line, route) => {
    const request = await prepareRequest(route, world, route.access === 'administrator' ? 'administrator' : 'owner');
    await begin(scope);
    const before = await fingerprint(site.database);
    const answer = await site.send(request);
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '120']);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(JSON.parse(answer.text)).toMatchObject({ status: 503, detail: expect.stringContaining(MESSAGE) });
    expect(await fingerprint(site.database)).toEqual(before);
  });

  it.each(named(REGISTRY_ROUTES))(
    '%s answers 503 where it would write, and as ever where it reads',
    async (_line, route) => {
      const { method, path, access } = route;
      const name = `${world.tenant.namespace.name}/${world.repository}`;
      const scopesOfToken = [`repository:${name}:pull,push,delete`, 'registry:catalog:*'];
      const { token } = await registryToken(world, { login: 'owner', scopes: scopesOfToken });
      const request = {
        method,
        path: path
          .replace('{name}', name)
          .replace('{id}', crypto.randomUUID())
          .replace('{reference}', world.tag)
          .replace('{digest}', world.image.digest),
        headers: { authorization: `Bearer ${token}` },
      };
      const usual = method === 'GET' || method === 'HEAD' ? (await site.send(request)).status : 503;
      await begin(scope);
      const before = await fingerprint(site.database);
      const answer = await site.send(request);
      expect(answer.status).toBe(usual);
      expect(await fingerprint(site.database)).toEqual(before);
      if (usual !== 503) return;
      expect(answer.headers['retry-after']).toBe('120');
      const { errors } = JSON.parse(answer.text) as { errors: unknown[] };
      expect(errors).toEqual([{ code: 'UNAVAILABLE', message: expect.stringContaining(MESSAGE) }]);
      expect(access).toMatch(/push|delete/);
    },
  );
});

describe('a namespace that is read-only', () => {
  it.each(named(ofNamespaces))('%s tells nothing of it to who may not do it anyway', async (_line, route) => {
    const callers = (['anonymous', 'outsider', 'reader'] as const).filter(
      (caller) => decisionFor(route, caller) !== '✓',
    );
    const requests = await Promise.all(callers.map((caller) => prepareRequest(route, world, caller)));
    await begin('namespace');
    for (const [index, caller] of callers.entries()) {
      expect([caller, (await site.send(requests[index]!)).status]).toEqual([caller, decisionFor(route, caller)]);
    }
  });

  it('leaves the others alone', async () => {
    const other = await createWorld(site);
    const route = API_ROUTES.find(({ operation }) => operation === 'createRepository')!;
    const request = await prepareRequest(route, other, 'owner');
    await begin('namespace');
    expect((await site.send(request)).status).toBe(201);
  });

  it('does not let a repository go to a namespace that is not', async () => {
    const route = API_ROUTES.find(({ operation }) => operation === 'acceptTransfer')!;
    const request = await prepareRequest(route, world, route.access === 'administrator' ? 'administrator' : 'owner');
    const [source] = await site.database.prepared<{ id: string; name: string }>(
      'test_transfer_source',
      `SELECT n.id, n.name FROM repository_transfer t JOIN repository r ON r.id = t.repository_id
       JOIN namespace n ON n.id = r.namespace_id WHERE t.to_namespace_id = $1`,
      [world.tenant.namespace.id],
    );
    await modes.begin(source!, MESSAGE, SYSTEM_ACTOR);
    const before = await fingerprint(site.database);
    expect((await site.send(request)).status).toBe(503);
    expect(await fingerprint(site.database)).toEqual(before);
  });
});

describe('a registry that is read-only', () => {
  const ENDS = new Set(['endRegistryReadOnlyMode', 'endNamespaceReadOnlyMode']);
  const going = writes.filter((route) => !changesContent(route) && !ENDS.has(route.operation));
  it.each(named(going))('lets %s go on', async (_line, route) => {
    const caller: Caller = route.access === 'administrator' ? 'administrator' : 'owner';
    const request = await prepareRequest(route, world, caller);
    await begin('registry');
    expect((await site.send(request)).status).toBe(request.success);
  });

  it('refuses and lets through each writing route of the table, and both kinds are there', () => {
    expect(refused.length).toBeGreaterThan(8);
    expect(going.length).toBeGreaterThan(20);
    expect(refused.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining([
        'deleteTag',
        'deleteManifest',
        'createRepository',
        'updateRepository',
        'acceptTransfer',
        'deleteAccount',
      ]),
    );
  });
});

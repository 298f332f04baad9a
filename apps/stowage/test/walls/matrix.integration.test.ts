import { API_ROUTES, type NamedRoute } from '@stowage/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareRequest } from './ask-route.js';
import { CALLERS, type Caller, decisionFor } from './callers.js';
import { fingerprint } from './fingerprint.js';
import { renderMatrix } from './matrix.js';
import { openSite } from './open-site.js';
import { createWorld, type World } from './world.js';

const site = openSite();
let shared: World;

beforeAll(async () => {
  shared = await createWorld(site);
  for (const caller of CALLERS) await shared.credentials(caller);
});

describe('the matrix of routes and callers', () => {
  it('is the one that people read', async () => {
    await expect(renderMatrix()).toMatchFileSnapshot('./matrix.md');
  });

  it.each(API_ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'is what %s does',
    async (_line, route) => {
      const expected: Record<string, unknown> = {};
      const met: Record<string, unknown> = {};
      const isLetThrough = (caller: Caller) => decisionFor(route, caller) === '✓';
      const refused = CALLERS.filter((caller) => !isLetThrough(caller));
      const requests = await Promise.all(refused.map((caller) => prepareRequest(route, shared, caller)));
      const before = await fingerprint(site.database);
      for (const [index, caller] of refused.entries()) {
        expected[caller] = decisionFor(route, caller);
        met[caller] = (await site.send(requests[index]!)).status;
      }
      expect(await fingerprint(site.database), 'who is refused changes nothing').toEqual(before);
      for (const caller of CALLERS.filter(isLetThrough)) {
        // What is changed here is not to be met by the next caller.
        const world = route.method === 'GET' ? shared : await createWorld(site);
        const request = await prepareRequest(route, world, caller);
        expected[caller] = request.success;
        met[caller] = (await site.send(request)).status;
      }
      expect(met).toEqual(expected);
    },
  );

  it('would have seen a change', async () => {
    const before = await fingerprint(site.database);
    const route = API_ROUTES.find(({ operation }) => operation === 'updateNamespace')!;
    await site.send(await prepareRequest(route, shared, 'owner'));
    expect(await fingerprint(site.database)).not.toEqual(before);
  });
});

describe('reading', () => {
  const reads = API_ROUTES.filter(({ method }) => method === 'GET');
  it.each(reads.map((route) => [route.path, route] as const))('GET %s writes nothing', async (_path, route) => {
    const callers = CALLERS.filter((caller) => decisionFor(route, caller) === '✓');
    expect(callers.length).toBeGreaterThan(0);
    const requests = [];
    for (const caller of callers) requests.push(await prepareRequest(route, shared, caller));
    const before = await fingerprint(site.database);
    for (const request of requests) await site.send(request);
    expect(await fingerprint(site.database)).toEqual(before);
  });
});

describe('what belongs to another tenant', () => {
  /** The last thing that the path names, where that is the tenant's or the person's own. */
  const OWN = new Set(['id', 'digest', 'tag', 'name']);
  const routes = API_ROUTES.filter(
    // What an administrator names is the registry's.
    ({ path, access }) => access !== 'administrator' && OWN.has(/\{(\w+)\}[^{}]*$/.exec(path)?.[1] ?? ''),
  );
  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s is 404 and changes nothing',
    async (_line, route) => {
      const [mine, other] = [await createWorld(site), await createWorld(site)];
      const theirs = await prepareRequest(route, other, callerAllowed(route));
      const request = await prepareRequest(route, mine, callerAllowed(route));
      const { name } = mine.tenant.namespace;
      const path = theirs.path.replace(`/namespaces/${other.tenant.namespace.name}`, `/namespaces/${name}`);
      const before = await fingerprint(site.database);
      expect((await site.send({ ...request, path })).status).toBe(404);
      expect(await fingerprint(site.database)).toEqual(before);
    },
  );
});

function callerAllowed(route: NamedRoute): Caller {
  return route.access === 'administrator' ? 'administrator' : 'owner';
}

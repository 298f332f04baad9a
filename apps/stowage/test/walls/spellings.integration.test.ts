import { API_ROUTES } from '@stowage/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareRequest } from './ask-route.js';
import { type Caller, decisionFor } from './callers.js';
import { fingerprint } from './fingerprint.js';
import { openSite } from './open-site.js';
import { spellingsOf } from './spellings.js';
import { createWorld, type World } from './world.js';

const site = openSite();
let world: World;

beforeAll(async () => {
  world = await createWorld(site);
  for (const caller of ['owner', 'outsider', 'limited token'] as const) await world.credentials(caller);
});

// 1.5 CVE-2026-42018, 1.6: guards see every spelling that a handler sees.
describe('however a path is written', () => {
  const refusable = API_ROUTES.filter(({ access }) => access !== 'anyone');
  it.each(refusable.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'who may not %s is refused, and nothing changes',
    async (_line, route) => {
      const callers = (['anonymous', 'outsider', 'limited token'] as const satisfies readonly Caller[]).filter(
        (caller) => decisionFor(route, caller) !== '✓',
      );
      const requests = await Promise.all(callers.map((caller) => prepareRequest(route, world, caller)));
      const before = await fingerprint(site.database);
      for (const request of requests) {
        for (const path of spellingsOf(request.path)) {
          const { status } = await site.send({ ...request, path });
          expect([path, status >= 400 && status < 500]).toEqual([path, true]);
        }
      }
      expect(await fingerprint(site.database)).toEqual(before);
    },
  );

  const reads = API_ROUTES.filter(({ method, access }) => method === 'GET' && access !== 'administrator');
  it.each(reads.map((route) => [route.path, route] as const))(
    'who may GET %s gets the same answer or none',
    async (_path, route) => {
      const request = await prepareRequest(route, world, 'owner');
      for (const path of spellingsOf(request.path)) {
        const { status } = await site.send({ ...request, path });
        expect([path, status === request.success || (status >= 400 && status < 500)]).toEqual([path, true]);
      }
    },
  );
});

import { API_ROUTES } from '@stowage/contracts';
import { aName, createRepository } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareRequest } from './ask-route.js';
import { openSite, type SiteAnswer, type SiteRequest } from './open-site.js';
import { recordStatements } from './statements.js';
import { createWorld, type World } from './world.js';

const site = openSite();
/** It has a public repository, so that outsiders see the namespace; and the private one. */
let world: World;

beforeAll(async () => {
  world = await createWorld(site);
  await createRepository(site.database, `${world.tenant.namespace.name}/shop`, { visibility: 'public' });
});

/** All that a caller can tell an answer by, but for the name that was asked for and what is new each time. */
function visible({ status, headers, text }: SiteAnswer, asked: string): string {
  const { date: _date, 'content-length': _length, ...rest } = headers;
  return JSON.stringify([status, rest, text])
    .replaceAll(asked, 'ASKED')
    .replaceAll(encodeURIComponent(asked), 'ASKED')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID');
}

interface Met {
  readonly answer: string;
  /** Time, without a clock: the statements that the database was asked. */
  readonly statements: readonly string[];
}

async function meet(request: SiteRequest, asked: string): Promise<Met> {
  await site.send(request); // what is prepared once a connection is prepared now
  const { result, statements } = await recordStatements(() => site.send(request));
  return { answer: visible(result, asked), statements };
}

describe.each(['anonymous', 'outsider'] as const)('to an %s caller', (caller) => {
  const inNamespace = API_ROUTES.filter(({ path }) => path.includes('{namespace}'));
  it.each(inNamespace.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s of a private namespace is as if it were not there',
    async (_line, route) => {
      const hidden = await createWorld(site);
      const request = await prepareRequest(route, hidden, caller);
      const { name } = hidden.tenant.namespace;
      const missing = aName('org');
      const there = await meet(request, name);
      const path = request.path.replace(`/namespaces/${name}`, `/namespaces/${missing}`);
      expect(there).toEqual(await meet({ ...request, path }, missing));
      // Who is no administrator is told so, whichever namespace is named.
      expect(there.answer).toMatch(route.access === 'administrator' ? /^\[(403|401),/ : /^\[(404|401),/);
    },
  );

  const inRepository = API_ROUTES.filter(({ path }) => path.includes('{repository}'));
  it.each(inRepository.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s of a private repository is as if it were not there',
    async (_line, route) => {
      const request = await prepareRequest(route, world, caller);
      const there = await meet(request, `repositories/${world.repository}`);
      const path = request.path.replace(`/repositories/${world.repository}`, '/repositories/none');
      const missing = await meet({ ...request, path }, 'repositories/none');
      const blur = (met: Met) => ({ ...met, answer: met.answer.replaceAll(/\/(app|none)\b/g, '/NAME') });
      expect(blur(there)).toEqual(blur(missing));
      if (caller === 'outsider') expect(there.statements.length).toBeGreaterThan(1);
      expect(there.answer).toMatch(/^\[(404|401),/);
    },
  );
});

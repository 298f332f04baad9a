import { aName, anImage, createRepository, createTenant, pushImageRows } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();

describe('roles', () => {
  const ROLES = ['outsider', 'reader', 'developer', 'maintainer', 'owner'] as const;
  const people = {} as Record<(typeof ROLES)[number], SignedIn>;
  const image = anImage();
  let org: string;

  beforeAll(async () => {
    org = aName('org');
    for (const role of ROLES) people[role] = await signUp(opened);
    await opened.ask('POST /namespaces', { cookie: people.owner.cookie, body: { name: org } });
    for (const role of ['reader', 'developer', 'maintainer'] as const) {
      await opened.ask(`PUT /namespaces/${org}/members/${people[role].username}`, {
        cookie: people.owner.cookie,
        body: { role },
      });
    }
    const repository = await createRepository(opened.database, `${org}/app`);
    await pushImageRows(opened.database, repository, image, { tags: ROLES });
  });

  const APP = 'repositories/app';
  // Who is refused must not know more than that: 404 outside, 403 inside.
  it.each<[string, object | undefined, number[]]>([
    ['GET .', undefined, [404, 200, 200, 200, 200]],
    ['GET usage', undefined, [404, 200, 200, 200, 200]],
    ['GET members', undefined, [404, 200, 200, 200, 200]],
    ['GET repositories', undefined, [404, 200, 200, 200, 200]],
    [`GET ${APP}`, undefined, [404, 200, 200, 200, 200]],
    [`GET ${APP}/tags`, undefined, [404, 200, 200, 200, 200]],
    [`GET ${APP}/tags/owner`, undefined, [404, 200, 200, 200, 200]],
    [`GET ${APP}/manifests/${image.digest}`, undefined, [404, 200, 200, 200, 200]],
    ['POST repositories', { name: 'made-by-ROLE' }, [404, 403, 201, 201, 201]],
    [`PATCH ${APP}`, { description: 'x' }, [404, 403, 403, 200, 200]],
    ['PATCH .', { displayName: 'x' }, [404, 403, 403, 403, 200]],
    ['PUT members/nobody-here', { role: 'reader' }, [404, 403, 403, 403, 404]],
    ['DELETE members/nobody-here', undefined, [404, 403, 403, 403, 404]],
    [`DELETE ${APP}/tags/ROLE`, undefined, [404, 403, 403, 204, 204]],
    [`DELETE ${APP}/manifests/sha256:${'0'.repeat(64)}`, undefined, [404, 403, 403, 404, 404]],
  ])('%s', async (line, body, expected) => {
    const statuses = [];
    for (const role of ROLES) {
      const [method, path] = line.replace('ROLE', role).split(' ');
      const json = body && JSON.stringify(body).replace('ROLE', role);
      const answer = await opened.ask(`${method} /namespaces/${org}${path === '.' ? '' : `/${path}`}`, {
        cookie: people[role].cookie,
        ...(json ? { body: json } : {}),
      });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual(expected);
  });

  it('a member can leave, and the last owner can not (4.14)', async () => {
    const leaver = await signUp(opened);
    await opened.ask(`PUT /namespaces/${org}/members/${leaver.username}`, {
      cookie: people.owner.cookie,
      body: { role: 'reader' },
    });
    expect(
      (await opened.ask(`DELETE /namespaces/${org}/members/${leaver.username}`, { cookie: leaver.cookie })).status,
    ).toBe(204);
    expect(
      (await opened.ask(`DELETE /namespaces/${org}/members/${people.owner.username}`, { cookie: people.owner.cookie }))
        .status,
    ).toBe(409);
    expect(
      (
        await opened.ask(`PUT /namespaces/${org}/members/${people.owner.username}`, {
          cookie: people.owner.cookie,
          body: { role: 'reader' },
        })
      ).status,
    ).toBe(409);
  });
});

describe('HIDDEN: private and missing look the same', () => {
  it.each([
    'GET repositories/app',
    'GET repositories/app/tags',
    'GET repositories/app/tags/v1',
    'PATCH repositories/app',
    'DELETE repositories/app/tags/v1',
    'GET .',
    'GET usage',
    'GET members',
    'GET repositories',
    'POST repositories',
  ])('%s', async (line) => {
    const { namespace } = await createTenant(opened.database);
    const repository = await createRepository(opened.database, `${namespace.name}/app`);
    await pushImageRows(opened.database, repository, anImage(), { tags: ['v1'] });
    const stranger = await signUp(opened);
    const [method, path] = line.split(' ');
    const body = { PATCH: { description: 'x' }, POST: { name: 'x' } }[method!];
    const ask = async (org: string) => {
      const { status, headers, text } = await opened.ask(
        `${method} /namespaces/${org}${path === '.' ? '' : `/${path}`}`,
        { cookie: stranger.cookie, ...(body ? { body } : {}) },
      );
      const { date: _date, 'content-length': _length, ...rest } = headers;
      return JSON.stringify([status, rest, text])
        .replaceAll(org, 'ORG')
        .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID');
    };
    const answer = await ask(namespace.name);
    expect(answer).toBe(await ask(aName('none')));
    expect(answer).toContain('404');
  });
});

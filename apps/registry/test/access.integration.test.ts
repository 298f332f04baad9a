import { aBlob, anImage } from '@stowage/metadata/testing';
import { routesOf } from '@stowage/nest-kit/testing';
import { describe, expect, it } from 'vitest';
import { stableHeaders } from './comparable.js';
import { anAcme, anOutsider, openApp, pushImage } from './open-app.js';

const opened = openApp();
const { digest } = aBlob();

describe('without credentials', () => {
  it('every route is closed with a challenge (deny by default)', async () => {
    const routes = routesOf(opened.app);
    expect(routes.length).toBeGreaterThanOrEqual(15);
    for (const { method, path } of routes) {
      const url = path
        .replace(':name', 'acme/app')
        .replace(':digest', digest)
        .replace(':reference', 'latest')
        .replace(':id', '00000000-0000-4000-8000-000000000000');
      const answer = await opened.request(`${method} ${url}`);
      expect([method, url, answer.status]).toEqual([method, url, 401]);
      expect(answer.headers['www-authenticate']).toMatch(
        /^Bearer realm="https:\/\/registry\.example\/token",service="registry\.example"/,
      );
      expect(answer.headers['www-authenticate']).not.toContain('error=');
    }
  });

  // 1.3 CVE-2020-29662, CVE-2026-42018: a variant of a path is closed, or no route at all.
  it.each([
    '/v2/',
    '/v2',
    '/v2//',
    '/v2/.',
    '/v2/%2f',
    '/v2/;x',
    '/V2/',
    '/v2/_catalog',
    '/v2/_catalog/',
    '/v2//_catalog',
    '/V2/_catalog',
    '/v2/%5fcatalog',
    '/v2/./_catalog',
    '/v2/acme/app/tags/list/',
    '/v2/acme/app/tags/list;x',
    '/v2/acme/app/TAGS/list',
    '/v2/acme/app//tags/list',
  ])('%s gives nothing away', async (path) => {
    const answer = await opened.request(`GET ${path}`);
    expect([400, 401, 404]).toContain(answer.status);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  it.each([
    ['GET', '/v2/', undefined],
    ['GET', '/v2/a/b/manifests/x', 'repository:a/b:pull'],
    ['HEAD', '/v2/a/b/manifests/x', 'repository:a/b:pull'],
    ['PUT', '/v2/a/b/manifests/x', 'repository:a/b:pull,push'],
    ['DELETE', '/v2/a/b/manifests/x', 'repository:a/b:delete'],
    ['GET', `/v2/a/b/blobs/${digest}`, 'repository:a/b:pull'],
    ['DELETE', `/v2/a/b/blobs/${digest}`, 'repository:a/b:delete'],
    ['GET', '/v2/a/b/tags/list', 'repository:a/b:pull'],
    ['POST', '/v2/a/b/blobs/uploads/', 'repository:a/b:pull,push'],
    ['POST', `/v2/a/b/blobs/uploads/?mount=${digest}&from=c/d`, 'repository:a/b:pull,push repository:c/d:pull'],
    ['POST', `/v2/a/b/blobs/uploads/?mount=${digest}&from=%22,error%3D%22x`, 'repository:a/b:pull,push'],
  ])('%s %s is challenged for %s (4.1)', async (method, path, scope) => {
    const { headers } = await opened.request(`${method} ${path}`);
    expect(headers['www-authenticate']).toBe(
      `Bearer realm="https://registry.example/token",service="registry.example"${scope ? `,scope="${scope}"` : ''}`,
    );
  });

  it('a host or a proxy header changes neither realm nor location (4.9)', async () => {
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
    };
    const answer = await opened.request('GET /v2/', { headers });
    expect(JSON.stringify([answer.headers, answer.body.toString()])).not.toContain('evil.example');
  });

  it.each([
    'Basic YTpi',
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'bearer x.y.z',
    `Bearer ${'.'.repeat(8000)}`,
    'Cookie x',
    '',
  ])('the header %j is never anonymous', async (authorization) => {
    const { name } = await anAcme(opened, { visibility: 'public' });
    const answer = await opened.request(`GET /v2/${name}/tags/list`, { headers: { authorization } });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
  });
});

describe('HIDDEN: private and missing look the same', () => {
  const PATHS = [
    'GET manifests/latest',
    'HEAD manifests/latest',
    `GET blobs/${digest}`,
    `HEAD blobs/${digest}`,
    'GET tags/list',
    'POST blobs/uploads/',
    'PUT manifests/latest',
    `DELETE manifests/${digest}`,
    `DELETE blobs/${digest}`,
  ];

  it.each(PATHS)('%s', async (line) => {
    const [method, path] = line.split(' ');
    const acme = await anAcme(opened);
    await pushImage(opened, acme, anImage(), 'latest');
    const missing = acme.name.replace('/app', '/nope');
    const tokens = {
      nobody: undefined,
      anonymous: await opened.token(),
      outsider: await anOutsider(opened, acme.name),
    };
    for (const token of Object.values(tokens)) {
      const ask = async (name: string) => {
        const answer = await opened.request(`${method} /v2/${name}/${path}`, token === undefined ? {} : { token });
        return JSON.stringify([answer.status, stableHeaders(answer), answer.body.toString()])
          .replaceAll(name, 'NAME')
          .replace(/"content-length":"\d+"/, '');
      };
      const answer = await ask(acme.name);
      expect(answer).toBe(await ask(missing));
      expect(answer).toContain('401');
    }
  });

  it('an outsider whose token claims more than the rows say can not write (R17)', async () => {
    const acme = await anAcme(opened);
    const token = await anOutsider(opened, acme.name, ['pull', 'push', 'delete']);
    const answer = await opened.request(`POST /v2/${acme.name}/blobs/uploads/`, { token });
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([
      401,
      expect.stringContaining('insufficient_scope'),
    ]);
  });
});

describe('a token', () => {
  it.each<[string, readonly ('pull' | 'push' | 'delete')[], string, number]>([
    ['pull', ['pull'], 'GET', 404],
    ['pull', ['pull'], 'PUT', 401],
    ['push alone', ['push'], 'GET', 401],
    ['pull and push', ['pull', 'push'], 'DELETE', 401],
    ['delete', ['delete'], 'DELETE', 404],
  ])('for %s may %s: %s gives %i (4.5, GO-2026-6527)', async (_, actions, method, status) => {
    const { name, tenant } = await anAcme(opened);
    const token = await opened.token({ user: tenant.owner, access: { [name]: actions } });
    expect((await opened.request(`${method} /v2/${name}/manifests/nothing`, { token })).status).toBe(status);
  });

  it('for one repository says nothing about another, whatever the names share', async () => {
    const { name, tenant } = await anAcme(opened);
    const token = await opened.token({
      user: tenant.owner,
      access: { [`${name}x`]: ['pull'], [`${name}/sub`]: ['pull'] },
    });
    expect((await opened.request(`GET /v2/${name}/tags/list`, { token })).status).toBe(401);
  });

  it('that has expired is none', async () => {
    const { name, tenant } = await anAcme(opened);
    const token = await opened.token({ user: tenant.owner, access: { [name]: ['pull', 'push'] }, ageSeconds: 500 });
    for (const line of [`GET /v2/${name}/tags/list`, `POST /v2/${name}/blobs/uploads/`, 'GET /v2/']) {
      expect((await opened.request(line, { token })).headers['www-authenticate']).toContain('error="invalid_token"');
    }
  });
});

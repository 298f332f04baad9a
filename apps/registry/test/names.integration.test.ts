import { RepositoryStore } from '@stowage/metadata';
import { anImage, aName } from '@stowage/metadata/testing';
import { parseRepositoryName } from '@stowage/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Acme, anAcme, openApp, pushImage } from './open-app.js';

const opened = openApp();
let acme: Acme;

beforeAll(async () => {
  acme = await anAcme(opened);
});

describe('names', () => {
  it('of 255 characters, tags of 128 and twenty parts work (1.6)', async () => {
    const { namespace, owner } = acme.tenant;
    const short = `${namespace.name}/${Array(19).fill('part').join('/')}`;
    const name = `${short}/${'x'.repeat(255 - short.length - 1)}`;
    const token = await opened.token({ user: owner, access: { [name]: ['pull', 'push'] } });
    const tag = 't'.repeat(128);
    expect((await pushImage(opened, { name, token }, anImage(), tag)).status).toBe(201);
    expect((await opened.request(`GET /v2/${name}/manifests/${tag}`, { token })).status).toBe(200);
  });

  it.each(['tags', 'blobs', 'manifests', 'a/blobs/uploads', 'tags/list', 'uploads'])(
    'that hold %s lead where they should',
    async (path) => {
      const { namespace, owner } = acme.tenant;
      const name = `${namespace.name}/${path}`;
      const token = await opened.token({ user: owner, access: { [name]: ['pull', 'push'] } });
      expect((await pushImage(opened, { name, token }, anImage(), 'v1')).status).toBe(201);
      expect(JSON.parse((await opened.request(`GET /v2/${name}/tags/list`, { token })).body.toString())).toEqual({
        name,
        tags: ['v1'],
      });
    },
  );

  // security.md 5.9 and 1.6 (middie: malformed %)
  it.each([
    '/v2/../../etc/passwd/manifests/x',
    '/v2/a/..%2f..%2fb/blobs/x',
    '/v2/a/%2e%2e/manifests/x',
    '/v2/a/%252e%252e/manifests/x',
    '/v2/..;/a/manifests/x',
    '/v2/a//b/manifests/x',
    '/v2/A/B/manifests/x',
    '/v2/a/./b/manifests/x',
    '/v2/a/b%00/manifests/x',
    '/v2/a/b/manifests/x%00',
    '/v2/a/b/tags/list?last=%00',
    '/v2/alpine/manifests/latest',
    '/v2/%E0%A4%A/a/manifests/x',
    '/v2/a/b/manifests/%E0%A4%A',
    '/v2/a/b/blobs/%zz',
    '/%',
    '/%zz',
    `/v2/${'a/'.repeat(200)}b/manifests/x`,
    `/v2/a/${'b'.repeat(3000)}/manifests/x`,
    `/v2/a/b/manifests/${'x'.repeat(3000)}`,
    '/v2/a\\b/manifests/x',
  ])('%s is refused with the error envelope and nothing else happens (5.9)', async (path) => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const answer = await opened.request(`${method} ${path}`, { token: acme.token });
      expect([400, 401, 404, 414]).toContain(answer.status);
      expect(answer.code).toMatch(/^[A-Z_]+$/);
      expect(answer.body.toString()).not.toMatch(/node_modules|at \/|SELECT|FST_/);
    }
  });

  it('a push that is refused makes no repository, one that is not does', async () => {
    const { namespace, owner } = acme.tenant;
    const name = `${namespace.name}/${aName()}`;
    const token = await opened.token({ user: owner, access: { [name]: ['pull', 'push'] } });
    const find = () => new RepositoryStore(opened.database).find(parseRepositoryName(name));
    const image = anImage();
    const refused = await opened.request(`PUT /v2/${name}/manifests/v1`, {
      token,
      body: image.bytes,
      headers: { 'content-type': image.mediaType },
    });
    expect([refused.code, await find()]).toEqual(['MANIFEST_BLOB_UNKNOWN', undefined]);
    expect((await pushImage(opened, { name, token }, image, 'v1')).status).toBe(201);
    expect(await find()).toBeDefined();
  });
});

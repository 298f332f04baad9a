import { afterEach, beforeAll, expect, test } from 'vitest';
import { expectAlive } from '../../support/expect-alive.js';
import { expectOciError } from '../../support/expect-oci.js';
import { anImage, type Image, noise } from '../../support/images.js';
import { rawRequest } from '../../support/raw-http.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);
let repository = '';
let image: Image;
let token = '';

beforeAll(async () => {
  repository = owner.newRepository();
  image = await anImage();
  await owner.client.pushImage(repository, 'good', image);
  token = await owner.client.tokenFor(`repository:${repository}:pull,push,delete`);
});

afterEach(async () => {
  await expectAlive(running);
  const tags = await owner.client.request('GET', `/v2/${repository}/tags/list`);
  expect(await tags.json()).toEqual({ name: repository, tags: ['good'] });
});

test.each([
  'UPPER/case',
  'under__score/_start',
  'trailing-/dash',
  'dots..twice/app',
  'space%20in/app',
  'ünïcode/app',
  'a//b',
  'ns/app/',
  `ns/${'x'.repeat(300)}`,
  'no-namespace',
])('refuses the repository name %s (P36)', async (name) => {
  const start = await owner.client.request('POST', `/v2/${name}/blobs/uploads/`);
  await expectOciError(start, 400, 'NAME_INVALID');
  const put = await owner.client.putManifest(name, 'v1', image.manifest);
  await expectOciError(put, 400, 'NAME_INVALID');
});

test.each(['.dot-first', '-dash-first', 'a'.repeat(129), 'with%20space', 'ta%2Fg', 'plus+plus', 'ümlaut'])(
  'refuses the tag %s (P36)',
  async (tag) => {
    const put = await owner.client.putManifest(repository, tag, image.manifest);
    await expectOciError(put, 400, ['TAG_INVALID', 'MANIFEST_INVALID']);
    const get = await owner.client.getManifest(repository, tag);
    expect([400, 404]).toContain(get.status);
  },
);

/** Sent as they are, with a token that could read and write the owner's repository. */
const TRICKS: readonly { target: (repository: string) => string }[] = [
  { target: (name) => `/v2/other/../${name}/manifests/good` },
  { target: (name) => `/v2/${name}/../../../etc/passwd` },
  { target: (name) => `/v2/${name.replace('/', '%2f')}/manifests/good` },
  { target: (name) => `/v2/${name.replace('/', '%2F')}/manifests/good` },
  { target: (name) => `/v2/${name.replace('/', '%252f')}/manifests/good` },
  { target: (name) => `/v2/..%2f${name}/manifests/good` },
  { target: (name) => `/v2/${name}%00/manifests/good` },
  { target: (name) => `/v2/${name}/manifests/good%00` },
  { target: (name) => `/v2/${name}/manifests/..%2f..%2fgood` },
  { target: (name) => `/v2/${name}/manifests/%2e%2e` },
  { target: (name) => `/v2/${name}/blobs/..%2f..%2f..%2fetc%2fpasswd` },
  { target: (name) => `/v2/${name}/blobs/sha256:..%2f..%2f${'a'.repeat(58)}` },
  { target: (name) => `/v2/${name}/blobs/sha256%00:${'a'.repeat(64)}` },
  { target: (name) => `/v2/${name}\\..\\manifests\\good` },
  { target: (name) => `/v2/${name}/manifests/%` },
  { target: (name) => `/v2/${name}/manifests/%zz` },
  { target: (name) => `/v2/${name}/manifests/%c3%28` },
  { target: (name) => `/v2//${name}/manifests/good` },
  { target: (name) => `/v2/${name}/` },
  { target: (name) => `/v2/${name}/..;/manifests/good` },
  { target: (name) => `/v2/./${name}/manifests/good` },
  { target: (name) => `/v2/${name}/./manifests/good` },
  { target: (name) => `/v2/${name.toUpperCase()}/manifests/good` },
  { target: (name) => `/v2/${name}/manifests/good/` },
  { target: (name) => `/v2/${name}/manifests/good;x` },
  { target: (name) => `/v2/${name}/manifests/%c0%ae%c0%ae` },
  { target: (name) => `/v2/${name}/blobs/SHA256:${'a'.repeat(64)}` },
  { target: (name) => `/v2/${name}/blobs/sha256:${'A'.repeat(64)}` },
  { target: (name) => `/v2/${name}/blobs/sha256:${'a'.repeat(63)}` },
  { target: (name) => `/v2/${name}/blobs/sha256:${'a'.repeat(65)}` },
  { target: (name) => `/v2/${name}/blobs/sha256+b64:${'a'.repeat(64)}` },
  { target: (name) => `/v2/${name}/blobs/md5:${'a'.repeat(32)}` },
  { target: (name) => `/v2/${name}/blobs/sha256:%00${'a'.repeat(61)}` },
  { target: (name) => `/v2/${name}/blobs/uploads/..%2f..%2fuploads` },
  { target: (name) => `/v2/${name}/referrers/..%2f..%2fx` },
  { target: (name) => `/v2/${name}/tags/list%00` },
  { target: () => `/v2/${'a/'.repeat(100)}b/${'x'.repeat(60)}/manifests/good` },
  { target: () => '/v2/..' },
  { target: () => '/v2/%2e%2e/%2e%2e/readyz' },
];

test.each(TRICKS.map(({ target }) => ({ target, shown: target('<name>') })))(
  'gives nothing for $shown',
  async ({ target }) => {
    const answer = await rawRequest(running.url, 'GET', target(repository), `Bearer ${token}`);
    expect(answer.status, answer.head).toBeGreaterThanOrEqual(400);
    expect(answer.status, answer.head).toBeLessThan(500);
    expect(answer.body).not.toContain(image.config.digest);
    expect(JSON.parse(answer.body), answer.body).toMatchObject({
      errors: [{ code: expect.stringMatching(/^[A-Z_]+$/) }],
    });
  },
);

test('a doubled slash in front does not lead to the registry', async () => {
  const answer = await rawRequest(running.url, 'GET', `//v2/${repository}/manifests/good`, `Bearer ${token}`);
  expect(answer.body).not.toContain(image.config.digest);
});

test.each(['PATCH', 'PUT', 'DELETE', 'POST'])('a path that leads nowhere is 404 or 405 for %s', async (method) => {
  for (const target of [`/v2/${repository}`, `/v2/${repository}/tags/list`, '/v2/']) {
    const answer = await rawRequest(running.url, method, target, `Bearer ${token}`);
    expect([400, 404, 405], `${target}: ${answer.head}`).toContain(answer.status);
    expect(JSON.parse(answer.body)).toHaveProperty('errors');
  }
});

test('a digest outside the grammar is no blob', async () => {
  for (const digest of ['sha256:xyz', 'latest', `sha256:${noise(1).digest.slice(7).toUpperCase()}`]) {
    const response = await owner.client.getBlob(repository, digest);
    await expectOciError(response, 400, 'DIGEST_INVALID');
  }
});

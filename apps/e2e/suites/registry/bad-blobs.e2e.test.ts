import { beforeAll, afterEach, expect, test } from 'vitest';
import { expectAlive } from '../../support/expect-alive.js';
import { expectOciError } from '../../support/expect-oci.js';
import { noise } from '../../support/images.js';
import { putMember, signUp } from '../../support/management-api.js';
import { randomName } from '../../support/random.js';
import { insist } from '../../support/registry-client.js';
import { clientOf, useOwner } from '../../support/use-owner.js';
import { useStowage } from '../../support/use-stowage.js';

const running = useStowage();
const owner = useOwner(running);
let repository = '';

beforeAll(() => {
  repository = owner.newRepository();
});

afterEach(() => expectAlive(running));

async function expectAbsent(digest: string): Promise<void> {
  expect((await owner.client.getBlob(repository, digest)).status).toBe(404);
}

test('refuses bytes that do not have the digest, however they came', async () => {
  const [claimed, sent] = [noise(1000), noise(1000)];
  const put = await owner.client.finishUpload(await owner.client.startUpload(repository), claimed.digest, sent.bytes);
  await expectOciError(put, 400, 'DIGEST_INVALID');
  const post = await owner.client.request('POST', `/v2/${repository}/blobs/uploads/?digest=${claimed.digest}`, {
    headers: { 'content-type': 'application/octet-stream' },
    body: sent.bytes,
  });
  await expectOciError(post, 400, 'DIGEST_INVALID');
  await expectAbsent(claimed.digest);
  await expectAbsent(sent.digest);
});

test.each([
  'sha256:abc',
  'sha256:',
  'md5:d41d8cd98f00b204e9800998ecf8427e',
  `SHA256:${'a'.repeat(64)}`,
  'not-a-digest',
  '',
])('refuses to finish an upload under the digest "%s"', async (digest) => {
  const location = await owner.client.startUpload(repository);
  const put = await owner.client.finishUpload(location, digest, noise(10).bytes);
  await expectOciError(put, 400, 'DIGEST_INVALID');
});

test('refuses to finish an upload without a digest', async () => {
  const location = await owner.client.startUpload(repository);
  const put = await owner.client.request('PUT', location, {
    headers: { 'content-type': 'application/octet-stream' },
    body: noise(10).bytes,
  });
  await expectOciError(put, 400, 'DIGEST_INVALID');
});

test.each(['0-99', '0-4'])('refuses ten bytes under Content-Range: %s', async (range) => {
  const location = await owner.client.startUpload(repository);
  const patch = await owner.client.patch(location, noise(10).bytes, range);
  await expectOciError(patch, 400, ['SIZE_INVALID', 'BLOB_UPLOAD_INVALID']);
});

test.each(['9-0', 'bytes', '-5', '0-99999999999999999999'])('refuses Content-Range: %s', async (range) => {
  const location = await owner.client.startUpload(repository);
  const patch = await owner.client.patch(location, noise(10).bytes, range);
  await expectOciError(patch, 400, ['BLOB_UPLOAD_INVALID', 'SIZE_INVALID']);
});

test.each([
  { what: 'unknown', id: '4b6f1f5a-8c1e-4c1e-9d0a-1a2b3c4d5e6f' },
  { what: 'malformed', id: 'not-an-upload' },
  { what: 'very long', id: 'x'.repeat(500) },
])('an $what upload id is 404', async ({ id }) => {
  const path = `/v2/${repository}/blobs/uploads/${id}`;
  for (const method of ['GET', 'PATCH', 'PUT', 'DELETE']) {
    const target = method === 'PUT' ? `${path}?digest=${noise(1).digest}` : path;
    const body = method === 'PATCH' || method === 'PUT' ? noise(10).bytes : undefined;
    const headers = { 'content-type': 'application/octet-stream' };
    await expectOciError(await owner.client.request(method, target, { headers, body }), 404, 'BLOB_UPLOAD_UNKNOWN');
  }
});

test("somebody else's upload id is 404 in one's own repository", async () => {
  const location = await owner.client.startUpload(repository);
  const person = await signUp(running.url, 'stranger');
  const stranger = clientOf(running.url, person);
  const own = `${person.username}/${randomName('app')}`;
  await stranger.startUpload(own);
  const moved = location.replace(`/v2/${repository}/`, `/v2/${own}/`);
  expect(moved).not.toBe(location);
  await expectOciError(await stranger.request('GET', moved), 404, 'BLOB_UPLOAD_UNKNOWN');
  await expectOciError(await stranger.patch(moved, noise(10).bytes), 404, 'BLOB_UPLOAD_UNKNOWN');
  await expectOciError(await stranger.request('DELETE', moved), 404, 'BLOB_UPLOAD_UNKNOWN');
  await insist(await owner.client.request('GET', location), 204);
});

test("a colleague's upload id is 404 in the same repository", async () => {
  const location = await owner.client.startUpload(repository);
  const colleague = await signUp(running.url, 'colleague');
  await putMember(owner.person, owner.namespace, colleague, 'developer');
  const client = clientOf(running.url, colleague);
  await client.startUpload(repository);
  await expectOciError(await client.patch(location, noise(10).bytes), 404, 'BLOB_UPLOAD_UNKNOWN');
  await insist(await owner.client.request('GET', location), 204);
});

test("one's own upload id is 404 in another repository", async () => {
  const location = await owner.client.startUpload(repository);
  const other = owner.newRepository();
  const moved = location.replace(`/v2/${repository}/`, `/v2/${other}/`);
  await owner.client.startUpload(other);
  await expectOciError(await owner.client.patch(moved, noise(10).bytes), 404, 'BLOB_UPLOAD_UNKNOWN');
});

import { beforeAll, expect, test } from 'vitest';
import { expectOciError } from '../../support/expect-oci.js';
import { anImage, noise } from '../../support/images.js';
import { setVisibility, signUp } from '../../support/management-api.js';
import { randomName } from '../../support/random.js';
import { bytesOf, insist, locationOf, type RegistryClient } from '../../support/registry-client.js';
import { clientOf, useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);
const blob = noise(5000);
let source = '';
let stranger: RegistryClient;
let strangers = '';

beforeAll(async () => {
  source = owner.newRepository();
  await owner.client.pushBlob(source, blob);
  const person = await signUp(running.url, 'stranger');
  stranger = clientOf(running.url, person);
  strangers = `${person.username}/${randomName('app')}`;
});

function mount(client: RegistryClient, target: string, query: string): Promise<Response> {
  return client.request('POST', `/v2/${target}/blobs/uploads/?${query}`);
}

test('mounts a blob that the caller may pull (P14)', async () => {
  const target = owner.newRepository();
  const response = await mount(owner.client, target, `mount=${blob.digest}&from=${source}`);
  await insist(response, 201);
  expect(response.headers.get('docker-content-digest')).toBe(blob.digest);
  expect(locationOf(response)).toBe(`/v2/${target}/blobs/${blob.digest}`);
  expect((await bytesOf(await owner.client.getBlob(target, blob.digest))).equals(blob.bytes)).toBe(true);
});

test('mounts without a source what any repository of the caller has (P15)', async () => {
  const target = owner.newRepository();
  const response = await mount(owner.client, target, `mount=${blob.digest}`);
  await insist(response, 201);
  expect(response.headers.get('docker-content-digest')).toBe(blob.digest);
  expect((await bytesOf(await owner.client.getBlob(target, blob.digest))).equals(blob.bytes)).toBe(true);
});

test('mounts what is public for a stranger, with its source and without (P14, P15)', async () => {
  const open = owner.newRepository();
  const shared = noise(300);
  await owner.client.pushBlob(open, shared);
  await setVisibility(owner.person, open, 'public');
  for (const query of [`mount=${shared.digest}&from=${open}`, `mount=${shared.digest}`]) {
    const target = `${strangers}-${randomName('mounted')}`;
    await insist(await mount(stranger, target, query), 201);
    expect((await bytesOf(await stranger.getBlob(target, shared.digest))).equals(shared.bytes)).toBe(true);
  }
});

test('a mount under a bad digest is DIGEST_INVALID', async () => {
  const response = await mount(owner.client, owner.newRepository(), `mount=sha256:abc&from=${source}`);
  await expectOciError(response, 400, 'DIGEST_INVALID');
});

test.each([
  { what: 'of a private repository that the caller may not pull', query: () => `mount=${blob.digest}&from=${source}` },
  { what: 'that is not in the source', query: () => `mount=${noise(9).digest}&from=${source}` },
  { what: 'from a repository that does not exist', query: () => `mount=${blob.digest}&from=nobody/nothing` },
  { what: 'from anywhere that the caller may not read (P15)', query: () => `mount=${blob.digest}` },
])('opens an upload session instead of mounting a blob $what (P14, trap 6, trap 7)', async ({ query }) => {
  const response = await mount(stranger, strangers, query());
  await insist(response, 202);
  expect(response.headers.get('docker-content-digest')).toBeNull();
  await expectOciError(await stranger.getBlob(strangers, blob.digest), 404, ['BLOB_UNKNOWN', 'NAME_UNKNOWN']);
  const own = noise(50);
  await insist(await stranger.finishUpload(locationOf(response), own.digest, own.bytes), 201);
});

test('a manifest may not bring in a blob of somebody else (trap 6)', async () => {
  const image = await anImage({ layers: 1 });
  await owner.client.pushImage(source, 'v1', image);
  const put = await stranger.putManifest(strangers, 'stolen', image.manifest);
  await expectOciError(put, 400, 'MANIFEST_BLOB_UNKNOWN');
  expect((await stranger.getManifest(strangers, 'stolen')).status).toBe(404);
});

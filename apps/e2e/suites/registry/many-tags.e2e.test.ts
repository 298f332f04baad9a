import { beforeAll, expect, test } from 'vitest';
import { expectOciError } from '../../support/expect-oci.js';
import { anImage, digestOf, type Image } from '../../support/images.js';
import { insist } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

// main branch of distribution-spec, "Pushing Manifests with tags" (end-7b).
const running = useSharedStowage();
const owner = useOwner(running);
let repository = '';
let image: Image;
let next: Image;

beforeAll(async () => {
  repository = owner.newRepository();
  [image, next] = [await anImage(), await anImage()];
  for (const { config, layers } of [image, next]) {
    for (const blob of [config, ...layers]) await owner.client.pushBlob(repository, blob);
  }
});

function push({ manifest }: Image, tags: readonly string[], headers: Record<string, string> = {}, digest?: string) {
  const query = tags.map((tag) => `tag=${encodeURIComponent(tag)}`).join('&');
  return owner.client.request('PUT', `/v2/${repository}/manifests/${digest ?? manifest.digest}?${query}`, {
    headers: { 'content-type': manifest.mediaType, ...headers },
    body: manifest.bytes,
  });
}

async function tagsNow(): Promise<string[]> {
  const response = await owner.client.request('GET', `/v2/${repository}/tags/list?n=1000`);
  return response.status === 200 ? ((await response.json()) as { tags: string[] }).tags : [];
}

function answered(response: Response): string[] {
  return (response.headers.get('oci-tag') ?? '').split(',').map((tag) => tag.trim());
}

test('sets ten tags with one push, each of which is answered (P17)', async () => {
  const tags = Array.from({ length: 10 }, (_, at) => `ten-${at}`);
  const response = await push(image, tags);
  await insist(response, 201);
  expect(answered(response)).toEqual(tags);
  for (const tag of tags) {
    const get = await owner.client.getManifest(repository, tag);
    expect(get.headers.get('docker-content-digest')).toBe(image.manifest.digest);
  }
});

test('a tag that is named twice is set once', async () => {
  const response = await push(image, ['twice', 'twice', 'also']);
  await insist(response, 201);
  expect(answered(response)).toEqual(['twice', 'also']);
});

test('also under the sha512 digest (P13, P17)', async () => {
  const digest = digestOf(image.manifest.bytes, 'sha512');
  await insist(await push(image, ['long', 'longer'], {}, digest), 201);
  for (const tag of ['long', 'longer']) {
    const get = await owner.client.getManifest(repository, tag);
    expect(get.headers.get('docker-content-digest')).toBe(digest);
  }
});

test.each([
  { what: 'a bad one among them', tags: ['fine', '-bad'], headers: {}, status: 400, code: 'TAG_INVALID' as const },
  {
    what: 'more than the headers of an answer hold',
    tags: Array.from({ length: 41 }, (_, at) => `many-${at}`),
    headers: {},
    status: 414,
    code: 'TOO_MANY_TAGS' as const,
  },
  {
    what: 'one that is there already, when none must be',
    tags: ['new', 'held'],
    headers: { 'if-none-match': '*' },
    status: 412,
    code: 'PRECONDITION_FAILED' as const,
  },
])('sets none of several tags with $what (P17)', async ({ tags, headers, status, code }) => {
  await insist(await push(image, ['held']), 201);
  const before = await tagsNow();
  await expectOciError(await push(next, tags, headers), status, code);
  expect(await tagsNow()).toEqual(before);
  const held = await owner.client.getManifest(repository, 'held');
  expect(held.headers.get('docker-content-digest')).toBe(image.manifest.digest);
});

test('a push by tag answers no OCI-Tag, and takes none from the query', async () => {
  const response = await owner.client.request('PUT', `/v2/${repository}/manifests/plain?tag=sneaked-in`, {
    headers: { 'content-type': image.manifest.mediaType },
    body: image.manifest.bytes,
  });
  await insist(response, 201);
  expect(response.headers.get('oci-tag')).toBeNull();
  expect(await tagsNow()).not.toContain('sneaked-in');
});

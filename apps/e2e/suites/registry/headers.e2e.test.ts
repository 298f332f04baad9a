import { beforeAll, describe, expect, test } from 'vitest';
import { anArtifact } from '../../support/artifacts.js';
import { anImage, type Image, noise } from '../../support/images.js';
import { bytesOf, insist } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);
let repository = '';
let image: Image;

beforeAll(async () => {
  repository = owner.newRepository();
  image = await anImage();
  await owner.client.pushImage(repository, 'v1', image);
  const artifact = anArtifact({ subject: image.manifest });
  await owner.client.pushImage(repository, artifact.manifest.digest, artifact);
});

interface Place {
  readonly what: string;
  readonly path: () => string;
}

const CONTENT: readonly Place[] = [
  { what: 'a manifest by tag', path: () => `/v2/${repository}/manifests/v1` },
  { what: 'a manifest by digest', path: () => `/v2/${repository}/manifests/${image.manifest.digest}` },
  { what: 'a blob', path: () => `/v2/${repository}/blobs/${image.config.digest}` },
];

const READ: readonly Place[] = [
  ...CONTENT,
  { what: 'the base', path: () => '/v2/' },
  { what: 'the tags', path: () => `/v2/${repository}/tags/list` },
  { what: 'the referrers', path: () => `/v2/${repository}/referrers/${image.manifest.digest}` },
  { what: 'the catalog', path: () => '/v2/_catalog' },
  { what: 'the extensions', path: () => '/v2/_oci/ext/discover' },
  { what: 'the extensions of a repository', path: () => `/v2/${repository}/_oci/ext/discover` },
  { what: 'what is not there', path: () => `/v2/${repository}/manifests/nothing` },
];

/** Those that a proxy adds, or that depend on the moment. */
const VARYING = new Set(['date', 'connection', 'keep-alive', 'via', 'x-request-id']);

function stable(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !VARYING.has(name)));
}

describe('HEAD', () => {
  const places: readonly Place[] = [...CONTENT, { what: 'the base', path: () => '/v2/' }];

  test.each(places)('of $what has every header that GET has, and no body (P2, P3)', async ({ path }) => {
    const head = await owner.client.request('HEAD', path());
    const get = await owner.client.request('GET', path());
    expect([head.status, get.status]).toEqual([200, 200]);
    expect(stable(head.headers)).toEqual(stable(get.headers));
    expect(Number(head.headers.get('content-length'))).toBe((await bytesOf(get)).length);
    expect(await bytesOf(head)).toHaveLength(0);
  });

  test('of what is not there is 404 without a body, also for those who may push (P38)', async () => {
    for (const tail of ['manifests/nothing', `manifests/${noise(1).digest}`, `blobs/${noise(1).digest}`]) {
      const head = await owner.client.request('HEAD', `/v2/${repository}/${tail}`);
      expect([head.status, (await bytesOf(head)).length]).toEqual([404, 0]);
    }
  });
});

describe('every answer', () => {
  test.each(READ)('about $what says which API it is, and is not compressed (P1, 5.23)', async ({ path }) => {
    const response = await owner.client.request('GET', path(), { headers: { 'accept-encoding': 'gzip, deflate, br' } });
    expect(response.headers.get('docker-distribution-api-version')).toBe('registry/2.0');
    expect(response.headers.get('content-encoding')).toBeNull();
    const bytes = await bytesOf(response);
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
  });

  test.each(CONTENT)('that carries $what is nothing that a browser would run (4.8)', async ({ path }) => {
    const response = await owner.client.request('GET', path());
    await response.arrayBuffer();
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('docker-content-digest')).toMatch(/^sha256:/);
  });
});

/** Named as a client's proxy would like to be misunderstood. */
const MISLEADING = {
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'gopher',
  forwarded: 'host=evil.example',
};

test('every Location is a path, whatever a proxy says (P37)', async () => {
  const target = owner.newRepository();
  const [blob, second] = [noise(100), noise(100)];
  const locations: (string | null)[] = [];
  const send = async (method: string, path: string, body?: Buffer<ArrayBuffer>): Promise<string> => {
    const headers = { ...MISLEADING, 'content-type': 'application/octet-stream' };
    const response = await owner.client.request(method, path, { headers, body });
    expect([201, 202, 204, 416], `${method} ${path}`).toContain(response.status);
    await response.arrayBuffer();
    const location = response.headers.get('location');
    locations.push(location);
    return location ?? '';
  };
  const location = await send('POST', `/v2/${target}/blobs/uploads/`);
  await send('PATCH', location, blob.bytes);
  await send('GET', location);
  await send('PUT', `${location}?digest=${blob.digest}`);
  await send('POST', `/v2/${target}/blobs/uploads/?digest=${second.digest}`, second.bytes);
  await send('POST', `/v2/${target}/blobs/uploads/?mount=${image.config.digest}&from=${repository}`);
  const out = await owner.client.patch(await owner.client.startUpload(target), blob.bytes, '50-149');
  locations.push(out.headers.get('location'));
  await insist(out, 416);
  const put = await owner.client.putManifest(repository, 'v2', image.manifest);
  locations.push(put.headers.get('location'));
  await insist(put, 201);
  expect(locations).toHaveLength(8);
  for (const each of locations) expect(each).toMatch(/^\/v2\/[a-z0-9-]+\/app-/);
});

import { beforeAll, describe, expect, test } from 'vitest';
import { expectOciError } from '../../support/expect-oci.js';
import { anImage, type Image, noise } from '../../support/images.js';
import { bytesOf, insist } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);
const other = `"${noise(1).digest}"`;
let repository = '';
let image: Image;
let next: Image;

beforeAll(async () => {
  repository = owner.newRepository();
  [image, next] = [await anImage(), await anImage()];
  for (const each of [image, next]) await owner.client.pushImage(repository, each.manifest.digest, each);
});

function push(tag: string, { manifest }: Image, headers: Record<string, string>): Promise<Response> {
  return owner.client.request('PUT', `/v2/${repository}/manifests/${tag}`, {
    headers: { 'content-type': manifest.mediaType, ...headers },
    body: manifest.bytes,
  });
}

async function digestAt(tag: string): Promise<string | null> {
  return (await owner.client.request('HEAD', `/v2/${repository}/manifests/${tag}`)).headers.get(
    'docker-content-digest',
  );
}

describe('a push on a condition (P33; RFC 9110, 13.1)', () => {
  test('If-None-Match: * makes a tag and never moves one', async () => {
    await insist(await push('once', image, { 'if-none-match': '*' }), 201);
    await expectOciError(await push('once', next, { 'if-none-match': '*' }), 412, 'PRECONDITION_FAILED');
    expect(await digestAt('once')).toBe(image.manifest.digest);
  });

  test('If-Match moves a tag from what it names, and from nothing else', async () => {
    await insist(await push('move', image, {}), 201);
    await expectOciError(await push('move', next, { 'if-match': other }), 412, 'PRECONDITION_FAILED');
    expect(await digestAt('move')).toBe(image.manifest.digest);
    await insist(await push('move', next, { 'if-match': `"${image.manifest.digest}"` }), 201);
    expect(await digestAt('move')).toBe(next.manifest.digest);
  });

  test('If-Match of a tag that is not there is 412, and makes none', async () => {
    const answer = await push('absent', image, { 'if-match': `"${image.manifest.digest}"` });
    await expectOciError(answer, 412, 'PRECONDITION_FAILED');
    expect(await digestAt('absent')).toBeNull();
  });

  test('of many at once from the same state, one wins (I5)', async () => {
    await insist(await push('race', image, {}), 201);
    const rivals = await Promise.all(Array.from({ length: 5 }, () => anImage({ layers: 1 })));
    for (const each of rivals) await owner.client.pushImage(repository, each.manifest.digest, each);
    const condition = { 'if-match': `"${image.manifest.digest}"` };
    const answers = await Promise.all(rivals.map((each) => push('race', each, condition)));
    const won = rivals.filter((_, at) => answers[at]?.status === 201);
    expect(answers.map(({ status }) => status).sort((one, two) => one - two)).toEqual([201, 412, 412, 412, 412]);
    expect(await digestAt('race')).toBe(won[0]?.manifest.digest);
  });
});

describe('a pull on a condition (P33; RFC 9110, 13.1)', () => {
  const places = (): readonly string[] => [
    `/v2/${repository}/manifests/${image.manifest.digest}`,
    `/v2/${repository}/blobs/${image.config.digest}`,
  ];
  const conditions: readonly { what: string; header: (etag: string) => string; status: number }[] = [
    { what: 'what the client has', header: (etag) => etag, status: 304 },
    { what: 'what the client has, as a weak tag', header: (etag) => `W/${etag}`, status: 304 },
    { what: 'a list that holds it', header: (etag) => `${other}, ${etag}`, status: 304 },
    { what: 'anything', header: () => '*', status: 304 },
    { what: 'something else', header: () => other, status: 200 },
    { what: 'no entity tag', header: () => 'nonsense', status: 200 },
    { what: 'thousands of tags (5.15)', header: () => Array(3000).fill('"x"').join(','), status: 200 },
  ];

  test.each(conditions)('If-None-Match of $what is $status for GET and HEAD', async ({ header, status }) => {
    for (const path of places()) {
      const plain = await owner.client.request('HEAD', path);
      const etag = plain.headers.get('etag') ?? '';
      expect(etag).toBe(`"${plain.headers.get('docker-content-digest')}"`);
      for (const method of ['GET', 'HEAD']) {
        const answer = await owner.client.request(method, path, { headers: { 'if-none-match': header(etag) } });
        expect([answer.status, answer.headers.get('etag')], `${method} ${path}`).toEqual([status, etag]);
        if (status === 304) expect(await bytesOf(answer)).toHaveLength(0);
        else await answer.arrayBuffer();
      }
    }
  });

  test('If-Range serves the part of what the client has, and the whole of anything else', async () => {
    const { digest, bytes } = image.config;
    const get = (ifRange: string) =>
      owner.client.getBlob(repository, digest, { range: 'bytes=5-9', 'if-range': ifRange });
    const part = await get(`"${digest}"`);
    expect(part.status).toBe(206);
    expect((await bytesOf(part)).equals(bytes.subarray(5, 10))).toBe(true);
    for (const validator of [other, `W/"${digest}"`, 'Sat, 21 Nov 2026 07:00:00 GMT']) {
      const whole = await get(validator);
      expect(whole.status, validator).toBe(200);
      expect((await bytesOf(whole)).equals(bytes)).toBe(true);
    }
  });
});

import { aBlob } from '@stowage/metadata/testing';
import { MemoryDriver, type ObjectKey } from '@stowage/storage';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Acme, anAcme, openApp, pushBlob } from './open-app.js';

const CHUNK_BYTES = 5 * 1024 * 1024;

/** Gives out URLs and likes large chunks, as a bucket does. */
const storage = Object.assign(new MemoryDriver(), {
  minAppendBytes: CHUNK_BYTES,
  presignRead: async (key: ObjectKey, options: { readonly expiresInSeconds: number }) =>
    new URL(`https://bucket.example/${key}?expires=${options.expiresInSeconds}`),
});

const opened = openApp({ storage, redirectDownloads: true });
const blob = aBlob(4000);
let acme: Acme;

beforeAll(async () => {
  acme = await anAcme(opened);
  await pushBlob(opened, acme, blob);
});

const ask = (method: string, headers: Readonly<Record<string, string>> = {}) =>
  opened.request(`${method} /v2/${acme.name}/blobs/${blob.digest}`, { token: acme.token, headers });

describe('a download that storage can serve', () => {
  it.each([{}, { range: 'bytes=0-9' }, { range: 'bytes=-5' }, { range: 'bytes=3990-9000' }])(
    'with %j leads to a URL that ends soon, and that nobody keeps (P5)',
    async (headers) => {
      const answer = await ask('GET', headers);
      expect([answer.status, answer.body.length, answer.headers['cache-control']]).toEqual([307, 0, 'no-store']);
      const location = new URL(answer.headers.location ?? '');
      expect(location.host).toBe('bucket.example');
      expect(Number(location.searchParams.get('expires'))).toBeLessThanOrEqual(300);
    },
  );

  // Services read these in ways of their own.
  it.each([
    ['bytes=500-0', 416],
    ['bytes=5000-10000', 416],
    ['bytes=0-1,5-6', 200],
    ['lines=1-2', 200],
  ])('with Range: %s is answered by us, with %i (trap 2)', async (range, status) => {
    expect((await ask('GET', { range })).status).toBe(status);
  });

  it('with If-Range is answered by us: only we have that validator', async () => {
    const answer = await ask('GET', { range: 'bytes=0-9', 'if-range': `"${blob.digest}"` });
    expect([answer.status, answer.body.equals(blob.bytes.subarray(0, 10))]).toEqual([206, true]);
  });

  it('is never a redirect for HEAD: the URL would be signed for GET (trap 3)', async () => {
    const answer = await ask('HEAD');
    expect([answer.status, answer.headers.location, answer.headers['content-length']]).toEqual([
      200,
      undefined,
      '4000',
    ]);
  });

  it('is 304 to a client that has it, and 404 without a URL to one that may not know it', async () => {
    expect((await ask('GET', { 'if-none-match': `"${blob.digest}"` })).status).toBe(304);
    const other = await anAcme(opened);
    const answer = await opened.request(`GET /v2/${other.name}/blobs/${blob.digest}`, { token: other.token });
    expect([answer.status, answer.headers.location]).toEqual([404, undefined]);
  });
});

describe('an upload', () => {
  it('says from which size on chunks are good for storage, and takes smaller ones (P11)', async () => {
    const { token, name } = acme;
    const start = await opened.request(`POST /v2/${name}/blobs/uploads/`, { token });
    expect([start.status, start.headers['oci-chunk-min-length']]).toEqual([202, String(CHUNK_BYTES)]);
    const small = aBlob(30);
    for (const first of [0, 10, 20]) {
      const headers = { 'content-range': `${first}-${first + 9}` };
      const body = small.bytes.subarray(first, first + 10);
      const { status } = await opened.request(`PATCH ${start.headers.location}`, { token, headers, body });
      expect(status).toBe(202);
    }
    const put = await opened.request(`PUT ${start.headers.location}?digest=${small.digest}`, { token });
    expect(put.status).toBe(201);
  });
});

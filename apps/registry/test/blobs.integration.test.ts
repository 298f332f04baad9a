import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { BlobStore } from '@stowage/metadata';
import { aBlob, REVIEW_DELAY } from '@stowage/metadata/testing';
import { parseDigest } from '@stowage/oci';
import { blobKey } from '@stowage/storage';
import { sourceOf } from '@stowage/storage/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { stableHeaders } from './comparable.js';
import { type Acme, anAcme, openApp, pushBlob } from './open-app.js';

const opened = openApp();
let acme: Acme;

beforeAll(async () => {
  acme = await anAcme(opened);
});

describe('pulling a blob', () => {
  const blob = aBlob(4000);
  const get = (headers: http.OutgoingHttpHeaders = {}, method = 'GET') =>
    opened.request(`${method} /v2/${acme.name}/blobs/${blob.digest}`, { token: acme.token, headers });

  beforeAll(async () => {
    await pushBlob(opened, acme, blob);
  });

  it('HEAD says what GET sends, without the bytes (P3)', async () => {
    const [head, whole] = [await get({}, 'HEAD'), await get()];
    expect(stableHeaders(head)).toEqual(stableHeaders(whole));
    expect([head.status, head.body.length, whole.status]).toEqual([200, 0, 200]);
    expect(head.headers).toMatchObject({
      'docker-content-digest': blob.digest,
      'content-length': '4000',
      'accept-ranges': 'bytes',
    });
  });

  it('is nothing that a browser would run (4.8)', async () => {
    expect((await get()).headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'attachment',
      'content-security-policy': 'sandbox',
    });
  });

  it.each([
    ['bytes=500-1499', 500, 1499],
    ['bytes=500-', 500, 3999],
    ['bytes=-500', 3500, 3999],
    ['bytes=2000-5000', 2000, 3999],
    ['bytes=0-0', 0, 0],
  ])('Range %s is 206 with those bytes (P4)', async (range, first, last) => {
    const { status, headers, body } = await get({ range });
    expect([status, headers['content-range'], headers['content-length']]).toEqual([
      206,
      `bytes ${first}-${last}/4000`,
      String(last - first + 1),
    ]);
    expect(body).toEqual(blob.bytes.subarray(first, last + 1));
  });

  it.each(['bytes=5000-10000', 'bytes=500-0', 'bytes=4000-', 'bytes=-0'])('Range %s is 416 (P4)', async (range) => {
    const { status, headers, code } = await get({ range });
    expect([status, headers['content-range'], code]).toEqual([416, 'bytes */4000', 'RANGE_INVALID']);
  });

  it.each([
    'bytes=0-0,2-2',
    `bytes=${Array.from({ length: 1000 }, (_, at) => `${at}-${at}`).join(',')}`,
    'lines=1-2',
    'x',
  ])('Range %s is the whole blob (5.14)', async (range) => {
    const { status, body } = await get({ range });
    expect([status, body.length]).toEqual([200, 4000]);
  });

  it.each([`"${blob.digest}"`, `W/"${blob.digest}"`, `"x", "${blob.digest}"`])(
    'If-None-Match %s is 304 without a body (P33)',
    async (etag) => {
      const { status, body, headers } = await get({ 'if-none-match': etag });
      expect([status, body.length, headers.etag]).toEqual([304, 0, `"${blob.digest}"`]);
    },
  );

  it('HEAD says so as well', async () => {
    const { status, headers } = await get({ 'if-none-match': `"${blob.digest}"` }, 'HEAD');
    expect([status, headers.etag]).toEqual([304, `"${blob.digest}"`]);
  });

  it.each([
    [`"${blob.digest}"`, 206],
    [`W/"${blob.digest}"`, 200],
    [`"${aBlob().digest}"`, 200],
    ['Sat, 21 Nov 2026 07:00:00 GMT', 200],
  ])('a Range with If-Range: %s is %i (RFC 9110, 13.1.5)', async (ifRange, status) => {
    const answer = await get({ range: 'bytes=0-9', 'if-range': ifRange });
    expect([answer.status, answer.body.length]).toEqual([status, status === 206 ? 10 : 4000]);
  });

  it('does not compress (5.23)', async () => {
    const { headers } = await get({ 'accept-encoding': 'gzip, br' });
    expect([headers['content-encoding'], headers['content-length']]).toEqual([undefined, '4000']);
  });

  it("that storage has lost is BLOB_UNKNOWN, with none of the blob's headers (R20)", async () => {
    const lost = aBlob(1000);
    await pushBlob(opened, acme, lost);
    const { generation } = (await new BlobStore(opened.database, REVIEW_DELAY).findLive(parseDigest(lost.digest)))!;
    await opened.storage.delete(blobKey(lost.digest, generation));
    const answer = await opened.request(`GET /v2/${acme.name}/blobs/${lost.digest}`, {
      token: acme.token,
      headers: { range: 'bytes=1-2' },
    });
    expect([answer.status, answer.code]).toEqual([404, 'BLOB_UNKNOWN']);
    expect(answer.headers).not.toHaveProperty('content-range');
    expect(answer.headers).not.toHaveProperty('etag');
  });

  it('that storage has shortened breaks off instead of looking complete (R20, I4)', async () => {
    const short = aBlob(1000);
    await pushBlob(opened, acme, short);
    const { generation } = (await new BlobStore(opened.database, REVIEW_DELAY).findLive(parseDigest(short.digest)))!;
    await opened.storage.write(blobKey(short.digest, generation), sourceOf(short.bytes.subarray(0, 500)));
    const outcome = await opened.request(`GET /v2/${acme.name}/blobs/${short.digest}`, { token: acme.token }).then(
      ({ status }) => status,
      () => 'broken off',
    );
    expect([503, 'broken off']).toContain(outcome);
  });

  it('goes on answering after a reader that goes away', async () => {
    const large = aBlob(20_000_000);
    await pushBlob(opened, acme, large);
    const { port } = opened.app.getHttpServer().address() as AddressInfo;
    const request = http.get({
      port,
      path: `/v2/${acme.name}/blobs/${large.digest}`,
      headers: { authorization: `Bearer ${acme.token}` },
      agent: false,
    });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    response.destroy();
    expect((await get()).status).toBe(200);
  });

  it('storage that does not answer is 503 with Retry-After, for HEAD not at all', async () => {
    opened.storage.available = false;
    const answer = await get();
    opened.storage.available = true;
    expect([answer.status, answer.code, answer.headers['retry-after']]).toEqual([503, 'UNAVAILABLE', '5']);
  });

  it('is deleted for this repository (P27)', async () => {
    const gone = aBlob();
    await pushBlob(opened, acme, gone);
    const statuses = [];
    for (const method of ['DELETE', 'GET', 'HEAD', 'DELETE'])
      statuses.push(
        (await opened.request(`${method} /v2/${acme.name}/blobs/${gone.digest}`, { token: acme.token })).status,
      );
    expect(statuses).toEqual([202, 404, 404, 404]);
  });
});

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import { aBlob, chargedTo } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Acme, anAcme, openApp, pushBlob } from './open-app.js';

const opened = openApp();
let acme: Acme;

beforeAll(async () => {
  acme = await anAcme(opened);
});

const start = async ({ name, token }: Acme = acme) =>
  (await opened.request(`POST /v2/${name}/blobs/uploads/`, { token })).headers.location!;

describe('uploading a blob', () => {
  it('POST, PATCH, GET, PUT: statuses, locations and ranges (P6, P8, P9, P37, P39)', async () => {
    const { name, token } = acme;
    const blob = aBlob(100);
    const opening = await opened.request(`POST /v2/${name}/blobs/uploads/`, { token });
    const { location } = opening.headers;
    expect([opening.status, opening.headers.range]).toEqual([202, '0-0']);
    expect(location).toMatch(new RegExp(`^/v2/${name}/blobs/uploads/[0-9a-f-]{36}$`));
    const patch = await opened.request(`PATCH ${location}`, {
      token,
      headers: { 'content-range': '0-59' },
      body: blob.bytes.subarray(0, 60),
    });
    expect([patch.status, patch.headers.range, patch.headers.location]).toEqual([202, '0-59', location]);
    const status = await opened.request(`GET ${location}`, { token });
    expect([status.status, status.headers.range, status.headers.location, status.body.length]).toEqual([
      204,
      '0-59',
      location,
      0,
    ]);
    const put = await opened.request(`PUT ${location}?digest=${blob.digest}`, { token, body: blob.bytes.subarray(60) });
    expect([put.status, put.headers.location, put.headers['docker-content-digest']]).toEqual([
      201,
      `/v2/${name}/blobs/${blob.digest}`,
      blob.digest,
    ]);
    expect((await opened.request(`GET ${put.headers.location}`, { token })).body).toEqual(blob.bytes);
  });

  it('one POST with the digest (P7), also of nothing', async () => {
    for (const blob of [aBlob(100), aBlob(0)]) {
      expect((await pushBlob(opened, acme, blob)).status).toBe(201);
      const { status, headers, body } = await opened.request(`GET /v2/${acme.name}/blobs/${blob.digest}`, {
        token: acme.token,
      });
      expect([status, headers['content-length'], body]).toEqual([200, String(blob.size), blob.bytes]);
    }
  });

  it('a stream without a length, as docker sends it', async () => {
    const blob = aBlob(300_000);
    const location = await start();
    expect(
      (await opened.request(`PATCH ${location}`, { token: acme.token, body: blob.bytes, isChunked: true })).status,
    ).toBe(202);
    expect((await opened.request(`PUT ${location}?digest=${blob.digest}`, { token: acme.token })).status).toBe(201);
  });

  it('sha512, in every place where a digest may be (P13, 1.6: maxParamLength)', async () => {
    const { bytes } = aBlob();
    const digest = `sha512:${createHash('sha512').update(bytes).digest('hex')}`;
    expect((await pushBlob(opened, acme, { bytes, digest })).status).toBe(201);
    const { status, headers } = await opened.request(`HEAD /v2/${acme.name}/blobs/${digest}`, { token: acme.token });
    expect([status, headers['docker-content-digest']]).toEqual([200, digest]);
  });

  // security.md 5.6; the session holds ten bytes, and each case sends five.
  it.each([
    ['10-14', 202, undefined],
    ['bytes 10-14/*', 202, undefined],
    ['bytes=10-14', 202, undefined],
    ['0-4', 416, 'RANGE_INVALID'],
    ['9-13', 416, 'RANGE_INVALID'],
    ['11-15', 416, 'RANGE_INVALID'],
    ['999999999999990-999999999999994', 416, 'RANGE_INVALID'],
    ['10-19', 400, 'SIZE_INVALID'],
    ['10-13', 400, 'SIZE_INVALID'],
    ['14-10', 400, 'BLOB_UPLOAD_INVALID'],
    ['-5', 400, 'BLOB_UPLOAD_INVALID'],
    ['10-', 400, 'BLOB_UPLOAD_INVALID'],
    ['1000000000000000000-1000000000000000004', 400, 'BLOB_UPLOAD_INVALID'],
    ['1e1-14', 400, 'BLOB_UPLOAD_INVALID'],
    ['x', 400, 'BLOB_UPLOAD_INVALID'],
    ['', 400, 'BLOB_UPLOAD_INVALID'],
  ])(
    'Content-Range %j is answered with %i %s, and the offset is what is stored (5.6, I11)',
    async (range, status, code) => {
      const location = await start();
      const { token } = acme;
      await opened.request(`PATCH ${location}`, { token, body: Buffer.alloc(10) });
      const answer = await opened.request(`PATCH ${location}`, {
        token,
        headers: { 'content-range': range },
        body: Buffer.alloc(5),
      });
      expect([answer.status, answer.code]).toEqual([status, code]);
      const expected = status === 202 ? '0-14' : '0-9';
      if (status === 416) expect([answer.headers.range, answer.headers.location]).toEqual([expected, location]);
      expect((await opened.request(`GET ${location}`, { token })).headers.range).toBe(expected);
    },
  );

  it.each([
    '',
    '?digest=',
    '?digest=sha256:abc',
    `?digest=md5:${'a'.repeat(32)}`,
    '?digest=%00',
    '?digest=sha256:../../x',
    `?digest=${aBlob().digest}&digest=${aBlob().digest}`,
  ])('PUT with %j is refused, and the upload stays', async (query) => {
    const location = await start();
    const answer = await opened.request(`PUT ${location}${query}`, { token: acme.token, body: 'x' });
    expect(answer.status).toBe(400);
    expect((await opened.request(`GET ${location}`, { token: acme.token })).status).toBe(204);
  });

  it('a wrong digest is DIGEST_INVALID, and the session is gone (5.7)', async () => {
    const location = await start();
    const answer = await opened.request(`PUT ${location}?digest=${aBlob().digest}`, { token: acme.token, body: 'x' });
    expect([answer.status, answer.code]).toEqual([400, 'DIGEST_INVALID']);
    expect((await opened.request(`GET ${location}`, { token: acme.token })).status).toBe(404);
  });

  it('DELETE ends it (P10)', async () => {
    const location = await start();
    const statuses = [];
    for (const method of ['DELETE', 'GET', 'DELETE'])
      statuses.push((await opened.request(`${method} ${location}`, { token: acme.token })).status);
    expect(statuses).toEqual([204, 404, 404]);
  });

  it('a client that goes away in the middle leaves what arrived, and can go on (I11)', async () => {
    const blob = aBlob(6_000_000);
    const location = await start();
    const { port } = opened.app.getHttpServer().address() as AddressInfo;
    const headers = { authorization: `Bearer ${acme.token}`, 'content-length': blob.size };
    const request = http.request({ port, method: 'PATCH', path: location, headers, agent: false });
    request.on('error', () => undefined);
    await new Promise((written) => request.write(blob.bytes.subarray(0, 5_000_000), written));
    request.destroy();
    const range = async () => (await opened.request(`GET ${location}`, { token: acme.token })).headers.range;
    await expect.poll(range).not.toBe('0-0');
    const offset = Number((await range())!.slice(2)) + 1;
    const rest = blob.bytes.subarray(offset);
    const resumed = { token: acme.token, headers: { 'content-range': `${offset}-${blob.size - 1}` }, body: rest };
    expect((await opened.request(`PATCH ${location}`, resumed)).status).toBe(202);
    expect((await opened.request(`PUT ${location}?digest=${blob.digest}`, { token: acme.token })).status).toBe(201);
  });

  it.each([true, false])(
    'over the quota is DENIED while it streams, and the client reads why (5.5; chunked: %s)',
    async (isChunked) => {
      const full = await anAcme(opened, { limitBytes: 100_000 });
      const location = await start(full);
      const answer = await opened.request(`PATCH ${location}`, {
        token: full.token,
        body: Buffer.alloc(5_000_000),
        isChunked,
      });
      expect([answer.status, answer.code]).toEqual([403, 'DENIED']);
      expect((await opened.request(`GET ${location}`, { token: full.token })).status).toBe(404);
      expect(await chargedTo(opened.database, full.tenant.namespace.id)).toEqual({ used: 0, reserved: 0 });
    },
  );
});

import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { aBlob, anImage, anIndex } from '@stowage/metadata/testing';
import { MAX_MANIFEST_BYTES } from '@stowage/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import { stableHeaders } from './comparable.js';
import { type Acme, anAcme, openApp, pushBlob, pushImage } from './open-app.js';

const opened = openApp();
let acme: Acme;

beforeAll(async () => {
  acme = await anAcme(opened);
});

const put = (reference: string, { bytes, mediaType }: { bytes: Buffer; mediaType: string }, headers = {}) =>
  opened.request(`PUT /v2/${acme.name}/manifests/${reference}`, {
    token: acme.token,
    body: bytes,
    headers: { 'content-type': mediaType, ...headers },
  });
const ask = (line: string, headers = {}) =>
  opened.request(line.replace('NAME', `/v2/${acme.name}`), { token: acme.token, headers });

describe('pushing a manifest', () => {
  it('is 201 with digest and location, and comes back byte for byte (P16)', async () => {
    const image = anImage({ layers: 2 });
    const answer = await pushImage(opened, acme, image, 'v1');
    expect([answer.status, answer.headers.location, answer.headers['docker-content-digest']]).toEqual([
      201,
      `/v2/${acme.name}/manifests/${image.digest}`,
      image.digest,
    ]);
    for (const reference of ['v1', image.digest]) {
      const { status, headers, body } = await ask(`GET NAME/manifests/${reference}`, {
        accept: 'application/vnd.docker.distribution.manifest.v2+json',
      });
      expect([status, headers['content-type'], headers['docker-content-digest'], headers['content-length']]).toEqual([
        200,
        image.mediaType,
        image.digest,
        String(image.bytes.length),
      ]);
      expect(body).toEqual(image.bytes);
    }
  });

  it('twice is 201 twice (I9)', async () => {
    const image = anImage();
    await pushImage(opened, acme, image, 'twice');
    expect((await put('twice', image)).status).toBe(201);
  });

  it.each<
    [
      string,
      (image: ReturnType<typeof anImage>) => { reference?: string; bytes?: Buffer; mediaType?: string },
      number,
      string,
    ]
  >([
    ['under the digest of something else', () => ({ reference: aBlob().digest }), 400, 'DIGEST_INVALID'],
    ['under no digest', () => ({ reference: 'sha256:baddigeststring' }), 400, 'DIGEST_INVALID'],
    ['under a tag that is none', () => ({ reference: '-x' }), 400, 'TAG_INVALID'],
    [
      'as an index (CVE-2021-41190)',
      () => ({ mediaType: 'application/vnd.oci.image.index.v1+json' }),
      400,
      'MANIFEST_INVALID',
    ],
    ['as JSON', () => ({ mediaType: 'application/json' }), 400, 'MANIFEST_INVALID'],
    ['with an empty type', () => ({ mediaType: '' }), 415, 'UNSUPPORTED'],
    ['with a layer that is nowhere', () => ({ bytes: anImage().bytes }), 400, 'MANIFEST_BLOB_UNKNOWN'],
    ['of nothing', () => ({ bytes: Buffer.alloc(0) }), 400, 'MANIFEST_INVALID'],
    ['of two million brackets (5.3)', () => ({ bytes: Buffer.from('['.repeat(2_000_000)) }), 400, 'MANIFEST_INVALID'],
    [
      'with NUL in an annotation',
      (image) => ({ bytes: Buffer.from(image.bytes.toString().replace('{', '{"annotations":{"a":"\\u0000"},')) }),
      400,
      'MANIFEST_INVALID',
    ],
  ])('%s is refused and leaves nothing', async (_, change, status, code) => {
    const image = anImage();
    for (const blob of image.blobs) await pushBlob(opened, acme, blob);
    const answer = await put(change(image).reference ?? 'bad', { ...image, ...change(image) });
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect((await ask(`GET NAME/manifests/${image.digest}`)).status).toBe(404);
  });

  it('says which subject it has (P18)', async () => {
    const subject = { mediaType: anImage().mediaType, digest: aBlob().digest, size: 1 };
    const image = anImage({ extra: { subject } });
    expect((await pushImage(opened, acme, image)).headers['oci-subject']).toBe(subject.digest);
  });

  it('of the largest size goes in and comes out (CVE-2017-11468, #4636)', async () => {
    const image = anImage();
    for (const blob of image.blobs) await pushBlob(opened, acme, blob);
    const room = MAX_MANIFEST_BYTES - image.bytes.length - '"x":"",'.length;
    const bytes = Buffer.from(image.bytes.toString().replace('{', `{"x":"${'a'.repeat(room)}",`));
    expect(bytes).toHaveLength(MAX_MANIFEST_BYTES);
    expect((await put('large', { ...image, bytes })).status).toBe(201);
    expect((await ask('GET NAME/manifests/large')).body.equals(bytes)).toBe(true);
    const larger = await put('larger', { ...image, bytes: Buffer.concat([bytes, Buffer.from(' ')]) });
    expect([larger.status, larger.code]).toEqual([413, 'MANIFEST_TOO_LARGE']);
  });

  it('that never ends is cut off while it streams, and the client reads why (5.1)', async () => {
    const socket = net.connect((opened.app.getHttpServer().address() as AddressInfo).port);
    socket.on('error', () => undefined);
    socket.write(
      `PUT /v2/${acme.name}/manifests/endless HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${acme.token}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = `${(65_536).toString(16)}\r\n${' '.repeat(65_536)}\r\n`;
    let isAnswered = false;
    const answered = once(socket, 'data').then(([data]) => {
      isAnswered = true;
      return String(data);
    });
    for (let sent = 0; !isAnswered && sent < 2000; sent += 1)
      if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), answered]);
    expect(await answered).toContain('HTTP/1.1 413');
    socket.destroy();
  });

  it('that says it is too large is refused before a byte of it is sent', async () => {
    const socket = net.connect((opened.app.getHttpServer().address() as AddressInfo).port);
    socket.write(
      `PUT /v2/${acme.name}/manifests/x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${acme.token}\r\nContent-Length: ${MAX_MANIFEST_BYTES + 1}\r\n\r\n`,
    );
    const [data] = (await once(socket, 'data')) as [Buffer];
    expect(data.toString()).toContain('HTTP/1.1 413');
    socket.destroy();
  });
});

describe('pulling a manifest', () => {
  it('HEAD says what GET sends (P2)', async () => {
    await pushImage(opened, acme, anImage(), 'head');
    const [head, whole] = [await ask('HEAD NAME/manifests/head'), await ask('GET NAME/manifests/head')];
    expect(stableHeaders(head)).toEqual(stableHeaders(whole));
    expect([head.status, head.body.length]).toEqual([200, 0]);
    const [noHead, none] = [await ask('HEAD NAME/manifests/none'), await ask('GET NAME/manifests/none')];
    expect([noHead.status, noHead.body.length, none.status, none.code]).toEqual([404, 0, 404, 'MANIFEST_UNKNOWN']);
  });

  it('that the client has is 304, by GET and by HEAD (P33)', async () => {
    const image = anImage();
    await pushImage(opened, acme, image, 'cached');
    for (const line of [
      'GET NAME/manifests/cached',
      'HEAD NAME/manifests/cached',
      `GET NAME/manifests/${image.digest}`,
    ]) {
      const { status, body, headers } = await ask(line, { 'if-none-match': `"${image.digest}"` });
      expect([status, body.length, headers.etag]).toEqual([304, 0, `"${image.digest}"`]);
    }
    expect((await ask('GET NAME/manifests/cached', { 'if-none-match': `"${aBlob().digest}"` })).status).toBe(200);
  });

  it('a digest may be cached for ever, a tag has to be asked for again', async () => {
    const image = anImage();
    await pushImage(opened, acme, image, 'again');
    expect((await ask('GET NAME/manifests/again')).headers['cache-control']).toBe('private, no-cache');
    expect((await ask(`GET NAME/manifests/${image.digest}`)).headers['cache-control']).toContain('immutable');
  });

  it('under the digest of a layer is unknown, however large the layer (CVE-2017-11468)', async () => {
    const blob = aBlob(1_000_000);
    await pushBlob(opened, acme, blob);
    expect((await ask(`GET NAME/manifests/${blob.digest}`)).code).toBe('MANIFEST_UNKNOWN');
  });
});

describe('deleting', () => {
  it('a tag leaves the manifest, a manifest takes its tags with it (P25, P26)', async () => {
    const image = anImage();
    for (const tag of ['d1', 'd2']) await pushImage(opened, acme, image, tag);
    expect((await ask('DELETE NAME/manifests/d1')).status).toBe(202);
    expect((await ask('GET NAME/manifests/d1')).status).toBe(404);
    expect((await ask('GET NAME/manifests/d2')).status).toBe(200);
    expect((await ask(`DELETE NAME/manifests/${image.digest}`)).status).toBe(202);
    expect((await ask('GET NAME/manifests/d2')).status).toBe(404);
    expect((await ask(`DELETE NAME/manifests/${image.digest}`)).status).toBe(404);
  });

  it('the child of an index is DENIED (P26)', async () => {
    const image = anImage();
    await pushImage(opened, acme, image);
    const index = anIndex([image]);
    expect((await put('multi', index)).status).toBe(201);
    const answer = await ask(`DELETE NAME/manifests/${image.digest}`);
    expect([answer.status, answer.code]).toEqual([403, 'DENIED']);
  });
});

import type { OciErrorCode } from '@stowage/oci';
import { beforeAll, afterEach, expect, test } from 'vitest';
import { expectAlive } from '../../support/expect-alive.js';
import { expectOciError } from '../../support/expect-oci.js';
import { noise } from '../../support/images.js';
import { putMember, signUp } from '../../support/management-api.js';
import { RawSocket, statusIn } from '../../support/raw-socket.js';
import { randomName } from '../../support/random.js';
import { insist } from '../../support/registry-client.js';
import { clientOf, useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
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

/** security.md 5.6: the session holds ten bytes, and five more come under this header, by PATCH and by PUT. */
const CHUNKS: readonly { range: string | undefined; status: number; codes: readonly OciErrorCode[] }[] = [
  { range: '10-14', status: 202, codes: [] },
  { range: 'bytes 10-14/*', status: 202, codes: [] },
  { range: 'bytes 10-14/15', status: 202, codes: [] },
  { range: undefined, status: 202, codes: [] },
  ...['0-4', '5-9', '9-13', '11-15', '15-19', '999999999999990-999999999999994'].map((range) => ({
    range,
    status: 416,
    codes: ['RANGE_INVALID', 'BLOB_UPLOAD_INVALID'] as const,
  })),
  ...['10-99', '10-13', '10-10', '10-999999999999999'].map((range) => ({
    range,
    status: 400,
    codes: ['SIZE_INVALID', 'BLOB_UPLOAD_INVALID'] as const,
  })),
  ...[
    '14-10',
    '-5',
    '10-',
    '10',
    'bytes',
    '1e1-14',
    '0x0a-0x0e',
    '10-14-18',
    '10-14,15-19',
    '+10-14',
    '10 - 14',
    '\u0661\u0660-\u0661\u0664',
  ].map((range) => ({ range, status: 400, codes: ['BLOB_UPLOAD_INVALID'] as const })),
  { range: '10-99999999999999999999', status: 400, codes: ['BLOB_UPLOAD_INVALID'] },
  { range: '1000000000000000000-1000000000000000004', status: 400, codes: ['BLOB_UPLOAD_INVALID'] },
];

test.each(CHUNKS)(
  'answers five bytes at Content-Range: $range with $status, and holds what it says (5.6)',
  async (row) => {
    const { range, status, codes } = row;
    const location = await owner.client.startUpload(repository);
    await insist(await owner.client.patch(location, noise(10).bytes), 202);
    const patch = await owner.client.patch(location, noise(5).bytes, range === undefined ? range : asBytes(range));
    if (status === 202) await insist(patch, 202);
    else await expectOciError(patch, status, codes);
    if (status === 416) expect(patch.headers.get('range')).toBe('0-9');
    const held = await owner.client.request('GET', location);
    expect(held.headers.get('range')).toBe(status === 202 ? '0-14' : '0-9');
  },
);

/** As UTF-8 on the wire: headers are bytes. */
function asBytes(header: string): string {
  return Buffer.from(header).toString('latin1');
}

test('a chunk that is longer than its header says is refused while it streams, and nothing of it stays (5.6)', async () => {
  const location = await owner.client.startUpload(repository);
  const token = await owner.client.tokenFor(`repository:${repository}:pull,push`);
  const socket = await RawSocket.open(running.url);
  const lines = ['Transfer-Encoding: chunked', 'Content-Range: 0-9'];
  await socket.head({ method: 'PATCH', path: location, token, lines });
  await socket.send('14\r\n01234567890123456789\r\n0\r\n\r\n');
  expect(statusIn(await socket.answer())).toBe(400);
  socket.destroy();
  const held = await owner.client.request('GET', location);
  expect(held.headers.get('range')).toBe('0-0');
  const blob = noise(100);
  await insist(await owner.client.finishUpload(location, blob.digest, blob.bytes), 201);
});

test.each([
  { what: 'unknown', id: '4b6f1f5a-8c1e-4c1e-9d0a-1a2b3c4d5e6f' },
  { what: 'malformed', id: 'not-an-upload' },
  { what: 'very long', id: 'x'.repeat(500) },
  { what: 'upper-case', id: '4B6F1F5A-8C1E-4C1E-9D0A-1A2B3C4D5E6F' },
  { what: 'climbing', id: '..%2f..%2f..%2fetc%2fpasswd' },
  { what: 'quoted', id: "4b6f1f5a-8c1e-4c1e-9d0a-1a2b3c4d5e6'" },
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

import { afterEach, beforeAll, expect, test } from 'vitest';
import { expectAlive } from '../../support/expect-alive.js';
import { anImage, noise } from '../../support/images.js';
import { RawSocket, statusIn } from '../../support/raw-socket.js';
import { useOwner } from '../../support/use-owner.js';
import { useStowage } from '../../support/use-stowage.js';

const running = useStowage();
const owner = useOwner(running);
let repository = '';
let token = '';
let pid = 0;

beforeAll(async () => {
  repository = owner.newRepository();
  await owner.client.pushImage(repository, 'v1', await anImage());
  token = await owner.client.tokenFor(`repository:${repository}:pull,push`);
  pid = running.server.pid;
});

afterEach(async () => {
  await expectAlive(running);
  expect([running.server.pid, running.server.isRunning]).toEqual([pid, true]);
});

/** Sends the bytes, and reads until the server closes: every request says that it is the last one. */
async function exchange(bytes: string): Promise<{ status: number; text: string }> {
  const socket = await RawSocket.open(running.url);
  await socket.send(bytes);
  const text = await socket.untilClosed();
  return { status: statusIn(text), text };
}

function request(line: string, ...headers: readonly string[]): string {
  return `${[`${line} HTTP/1.1`, 'Host: registry', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;
}

interface Row {
  readonly what: string;
  readonly bytes: () => string;
  readonly expected: readonly number[];
}

const authorized = (): string => `Authorization: Bearer ${token}`;
const manifest = (): string => `/v2/${repository}/manifests/v1`;

/** security.md 5.13, 5.6, 1.6 and 1.2 (CVE-2025-30204). */
const ROWS: readonly Row[] = [
  {
    what: 'an Authorization header of 17 KiB',
    bytes: () => request(`GET ${manifest()}`, `Authorization: Bearer ${'x'.repeat(17 * 1024)}`),
    expected: [431],
  },
  {
    what: 'a thousand headers',
    bytes: () =>
      request(`GET ${manifest()}`, authorized(), ...Array.from({ length: 1000 }, (_, at) => `X-${at}: yes indeed`)),
    expected: [431],
  },
  {
    what: 'a query of more than 8 KiB',
    bytes: () => request(`GET ${manifest()}?x=${'a'.repeat(8192)}`, authorized()),
    expected: [414],
  },
  {
    what: 'a path of more than 8 KiB',
    bytes: () => request(`GET /v2/${'a/'.repeat(4500)}manifests/v1`, authorized()),
    expected: [414],
  },
  {
    what: 'a path of more than 8 KiB that leads to the dashboard',
    bytes: () => request(`GET /${'a/'.repeat(4500)}`),
    expected: [414],
  },
  { what: 'an escape that is none, for the dashboard', bytes: () => request('GET /%zz'), expected: [400] },
  {
    what: 'dots and slashes for the dashboard',
    bytes: () => request('GET /assets/..%2f..%2fetc/passwd'),
    expected: [403, 404],
  },
  {
    what: 'a URL that does not fit the head at all',
    bytes: () => request(`GET /v2/?x=${'a'.repeat(20_000)}`, authorized()),
    expected: [431],
  },
  {
    what: 'hundreds of parameters that nobody knows',
    bytes: () => {
      const query = Array.from({ length: 300 }, (_, at) => `p${at}=${at}`).join('&');
      return request(`GET ${manifest()}?${query}`, authorized());
    },
    expected: [200],
  },
  {
    what: 'eight KiB of dots for a token (CVE-2025-30204)',
    bytes: () => request(`GET ${manifest()}`, `Authorization: Bearer ${'.'.repeat(8192)}`),
    expected: [401],
  },
  {
    what: 'a header called __proto__ (CVE-2026-21710)',
    bytes: () => request(`GET ${manifest()}`, authorized(), '__proto__: x', 'constructor: y'),
    expected: [200],
  },
  {
    what: 'a length beside chunks',
    bytes: () =>
      `${request(`PUT ${manifest()}`, authorized(), 'Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
    expected: [400],
  },
  {
    what: 'two lengths',
    bytes: () => `${request(`PUT ${manifest()}`, authorized(), 'Content-Length: 5', 'Content-Length: 6')}12345`,
    expected: [400],
  },
  {
    what: 'a length that is no number',
    bytes: () => `${request(`PUT ${manifest()}`, authorized(), 'Content-Length: five')}12345`,
    expected: [400],
  },
  {
    what: 'chunks that are none',
    bytes: () => `${request(`PUT ${manifest()}`, authorized(), 'Transfer-Encoding: chunked')}zz\r\nhello\r\n`,
    expected: [400],
  },
  {
    what: 'an encoding that nobody knows',
    bytes: () => `${request(`PUT ${manifest()}`, authorized(), 'Transfer-Encoding: gzip')}x`,
    expected: [400, 501],
  },
  { what: 'no HTTP', bytes: () => 'HELLO\r\n\r\n', expected: [400] },
  { what: 'a method that is none', bytes: () => request('SMUGGLE /v2/'), expected: [400, 405] },
  { what: 'a NUL in a header', bytes: () => request('GET /v2/', 'X-Nul: a\0b'), expected: [400] },
  { what: 'a header that is folded', bytes: () => request('GET /v2/', 'X-Folded: a\r\n b'), expected: [400] },
  { what: 'a line feed alone', bytes: () => 'GET /v2/ HTTP/1.1\nHost: registry\n\n', expected: [400, 401] },
  { what: 'no Host', bytes: () => 'GET /v2/ HTTP/1.1\r\nConnection: close\r\n\r\n', expected: [400, 401] },
  {
    what: 'half an escape in the path',
    bytes: () => request('GET /v2/%E0%A4%A/a/tags/list', authorized()),
    expected: [400],
  },
  {
    what: 'a Range of a thousand parts (Apache killer)',
    bytes: () => {
      const ranges = Array.from({ length: 1000 }, (_, at) => `${at}-${at}`).join(',');
      return request(`GET ${manifest()}`, authorized(), `Range: bytes=${ranges}`);
    },
    expected: [200],
  },
  {
    what: 'ten thousand media types in Accept (5.15)',
    bytes: () => request(`GET ${manifest()}`, authorized(), `Accept: ${Array(2000).fill('a/b').join(',')}`),
    expected: [200],
  },
];

test.each(ROWS)('answers $what with $expected, and stays up', async ({ bytes, expected }) => {
  const sent = bytes();
  const { status, text } = await exchange(sent);
  expect(expected, text.slice(0, 300)).toContain(status);
  expect(text).not.toMatch(/node_modules|at \/|FST_|SELECT/);
  // What the parser of the server refuses has no body; what the registry refuses has the specification's envelope.
  const isOurs = status >= 400 && sent.includes(' /v2/') && text.includes('application/json');
  if (isOurs) expect(text).toMatch(/"errors":\[\{"code":"[A-Z_]+"/);
});

test('a token request with more than 32 scopes is refused (5.11)', async () => {
  const ask = async (count: number) => {
    const scopes = Array.from({ length: count }, (_, at) => `scope=repository:a/b${at}:pull`).join('&');
    const service = new URL(running.url).host;
    return (await exchange(request(`GET /token?service=${service}&${scopes}`))).status;
  };
  expect(await ask(32)).toBe(200);
  expect(await ask(33)).toBe(400);
  // So much that the connection may be closed before the answer has been read.
  expect([0, 400, 414, 431]).toContain(await ask(10_000));
});

test('an upload whose sender goes away in the middle of its head or its first chunk is as it was', async () => {
  const location = await owner.client.startUpload(repository);
  const head = `PATCH ${location} HTTP/1.1\r\nHost: registry\r\n${authorized()}\r\n`;
  for (const bytes of [head.slice(0, 40), head, `${head}Transfer-Encoding: chunked\r\n\r\n`]) {
    const socket = await RawSocket.open(running.url);
    await socket.send(bytes);
    socket.destroy();
  }
  const blob = noise(100);
  await expect
    .poll(async () => (await owner.client.finishUpload(location, blob.digest, blob.bytes)).status, { timeout: 30_000 })
    .toBe(201);
});

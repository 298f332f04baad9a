import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import {
  accessTokenRoutes,
  accountEndRoutes,
  memberRoutes,
  namespaceRoutes,
  repositoryRoutes,
  trashRoutes,
} from '@stowage/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { ApiError, BrokenContractError, isApiError } from './api-error.js';
import { Client } from './client.js';
import type { RouteRequest } from './route-request.js';

interface Sent {
  readonly line: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

const sent: Sent[] = [];
let answers: { status?: number; headers?: Record<string, string>; body?: string }[] = [];
const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    sent.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
    const answer = answers.shift() ?? { status: 204 };
    response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
  });
});
let url = '';
let client: Client;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = new Client({ url, accessToken: 'stw_pat_one' });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});
afterEach(() => {
  sent.length = 0;
  answers = [];
});

const member = (username: string) => ({ username, role: 'reader', addedAt: '2026-11-01T00:00:00.000Z' });
const page = (items: object[], nextCursor: string | null = null) => ({ body: JSON.stringify({ items, nextCursor }) });

describe('a request', () => {
  it('is what the route says, and carries the access token and no cookie', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(globalThis.fetch);
    const given = { params: { namespace: 'acme', username: 'a/b' }, body: { role: 'owner' } } as const;
    await new Client({ url: `${url}/`, accessToken: 'stw_pat_one', fetch }).request(memberRoutes.putMember, given);
    expect(sent).toMatchObject([
      {
        line: 'PUT /api/v1/namespaces/acme/members/a%2Fb',
        headers: {
          authorization: 'Bearer stw_pat_one',
          accept: 'application/json',
          'content-type': 'application/json',
        },
        body: '{"role":"owner"}',
      },
    ]);
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ credentials: 'omit' });
  });

  it('of a page without a token goes to its own origin with its session', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response(null, { status: 204 }));
    const own = new Client({ fetch });
    await own.request(memberRoutes.removeMember, { params: { namespace: 'acme', username: 'ada' } });
    const [path, init] = fetch.mock.calls[0]!;
    expect(path).toBe('/api/v1/namespaces/acme/members/ada');
    expect(init).toMatchObject({ method: 'DELETE', credentials: 'same-origin' });
    expect(init?.headers).not.toHaveProperty('authorization');
    expect(own.hrefOf(accountEndRoutes.exportAccount)).toBe('/api/v1/account/export');
  });

  it('says which state it changes, as it was told with the answer before', async () => {
    const repository = { params: { namespace: 'acme', repository: 'app' } };
    answers = [{ headers: { etag: '"seven"' }, body: '{}' }];
    const lenient = { ...repositoryRoutes.getRepository, answer: repositoryRoutes.updateRepository.answer.partial() };
    const { entityTag } = await client.requestTagged(lenient, repository);
    expect(entityTag).toBe('"seven"');
    answers = [
      { status: 412, body: JSON.stringify({ type: 'about:blank', title: 'Changed', status: 412, detail: '' }) },
    ];
    const change = client.request(repositoryRoutes.updateRepository, {
      ...repository,
      body: { description: 'new' },
      ifMatch: entityTag,
    });
    await expect(change).rejects.toMatchObject({ status: 412, message: 'Changed' });
    expect(sent.at(-1)?.headers['if-match']).toBe('"seven"');
  });

  it('may be sent again under its key, where the route takes one', async () => {
    answers = [{ body: '{}' }];
    const made = { body: { name: 'acme' }, idempotencyKey: 'seven' };
    const lenient = { ...namespaceRoutes.createNamespace, answer: namespaceRoutes.createNamespace.answer.partial() };
    await client.request(lenient, made);
    expect(sent[0]?.headers['idempotency-key']).toBe('seven');
    expectTypeOf<RouteRequest<typeof memberRoutes.putMember>['idempotencyKey']>().toEqualTypeOf<undefined>();
  });

  it('that deletes says where it can be restored from', async () => {
    const gone = { params: { namespace: 'acme', repository: 'app' } };
    answers = [{ status: 204, headers: { location: '/api/v1/namespaces/acme/trash/1b' } }, { status: 204 }];
    expect(await client.requestDeletion(trashRoutes.deleteRepository, gone)).toBe('1b');
    expect(await client.requestDeletion(trashRoutes.deleteRepository, gone)).toBeNull();
  });

  it('for a file gives the answer as it came', async () => {
    answers = [{ body: 'id,action\n' }];
    const file = await client.requestFile(namespaceRoutes.exportAuditEvents, {
      params: { namespace: 'acme' },
      query: { format: 'csv' },
    });
    expect(await file.text()).toBe('id,action\n');
  });
});

describe('a list', () => {
  const acme = { params: { namespace: 'acme' } };

  it('is read to its end, page by page', async () => {
    answers = [page([member('ada'), member('bob')], 'more'), page([], 'even-more'), page([member('cy')])];
    const names: string[] = [];
    for await (const { username, role } of client.items(memberRoutes.listMembers, acme)) {
      expectTypeOf(role).toEqualTypeOf<'reader' | 'developer' | 'maintainer' | 'owner'>();
      names.push(username);
    }
    expect(names).toEqual(['ada', 'bob', 'cy']);
    const cursors = sent.map(({ line }) => new URL(line.split(' ')[1]!, url).searchParams.get('cursor'));
    expect(cursors).toEqual([null, 'more', 'even-more']);
  });

  it('asks for no more than is read', async () => {
    answers = [page([member('ada')], 'more'), page([member('bob')])];
    for await (const { username } of client.items(memberRoutes.listMembers, acme)) {
      expect(username).toBe('ada');
      break;
    }
    expect(sent).toHaveLength(1);
  });
});

describe('an answer that is no success', () => {
  const list = () => client.request(accessTokenRoutes.listAccessTokens);

  it('is an error with the problem of the registry', async () => {
    const problem = { type: 'about:blank', title: 'Forbidden', status: 403, detail: 'Ask an owner.' };
    const errors = [{ field: 'name', message: 'too long' }];
    answers = [{ status: 403, body: JSON.stringify({ ...problem, errors }) }];
    const error = await list().catch((thrown: unknown) => thrown);
    expect(isApiError(error, 403)).toBe(true);
    expect(isApiError(error, 404)).toBe(false);
    expect(error).toMatchObject({ message: 'Ask an owner.', problem: { errors } });
  });

  it('by something in front of the registry is one as well', async () => {
    answers = [{ status: 502, body: '<h1>Bad gateway</h1>' }];
    await expect(list()).rejects.toMatchObject({ status: 502, problem: undefined });
  });

  it('is sent once more if somebody says so, and once only', async () => {
    const refusal = {
      status: 403,
      body: JSON.stringify({ type: 'about:blank', title: 'No', status: 403, detail: '' }),
    };
    const mayRepeat = vi.fn<(error: ApiError) => Promise<boolean>>(async () => true);
    const asking = new Client({ url, mayRepeat });
    answers = [refusal, refusal, refusal];
    await expect(asking.request(accessTokenRoutes.listAccessTokens)).rejects.toThrow(ApiError);
    expect([sent.length, mayRepeat.mock.calls.length]).toEqual([2, 1]);
  });

  it('is told from one of another version, and from none', async () => {
    const onBrokenContract = vi.fn<(error: BrokenContractError) => void>();
    const watching = new Client({ url, onBrokenContract });
    answers = [{ body: '{"items":7}' }];
    await expect(watching.request(accessTokenRoutes.listAccessTokens)).rejects.toThrow(BrokenContractError);
    expect(onBrokenContract).toHaveBeenCalledOnce();
    const nobody = new Client({ url: 'http://127.0.0.1:1' });
    await expect(nobody.request(accessTokenRoutes.listAccessTokens)).rejects.toMatchObject({ status: 0 });
  });

  it('is none when the caller has called it off', async () => {
    const signal = AbortSignal.abort();
    const request = client.request(accessTokenRoutes.listAccessTokens, { signal });
    await expect(request).rejects.toMatchObject({ name: 'AbortError' });
  });
});

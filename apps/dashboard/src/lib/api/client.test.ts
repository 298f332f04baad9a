import { accountEndRoutes, accountRoutes, memberRoutes, namespaceRoutes, recoveryRoutes } from '@stowage/contracts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hrefOf, request } from './client';

const reported = vi.fn<(error: unknown) => void>();
const sent: { path: string; init: RequestInit }[] = [];

function answerWith(body: BodyInit | null, status = 200): void {
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    sent.push({ path, init });
    return Promise.resolve(new Response(body, { status }));
  });
  vi.stubGlobal('reportError', reported);
}

function bodyThatFails(error: unknown): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.error(error) });
}

const confirm = () => request(recoveryRoutes.confirmEmail, { body: { code: 'seven' } });

afterEach(() => {
  vi.unstubAllGlobals();
  reported.mockReset();
  sent.length = 0;
});

describe('a request to the API', () => {
  test('is what the route says: method, names in the path, query and body', async () => {
    answerWith(null, 204);
    await request(memberRoutes.putMember, { params: { namespace: 'acme', username: 'a/b' }, body: { role: 'owner' } });
    expect(sent[0]).toMatchObject({
      path: '/api/v1/namespaces/acme/members/a%2Fb',
      init: { method: 'PUT', body: '{"role":"owner"}', credentials: 'same-origin' },
    });
    answerWith('{"items":[],"nextCursor":null}');
    await request(memberRoutes.listMembers, { params: { namespace: 'acme' }, query: { limit: 5, cursor: undefined } });
    expect(sent[1]).toMatchObject({ path: '/api/v1/namespaces/acme/members?limit=5', init: { method: 'GET' } });
  });

  test('gives the answer that the schema promises, and nothing for a route without content', async () => {
    answerWith('{"username":"ada","email":"ada@example.com"}');
    await expect(confirm()).resolves.toEqual({ username: 'ada', email: 'ada@example.com' });
    answerWith(null, 204);
    await expect(request(accountRoutes.endOtherSessions)).resolves.toBeUndefined();
  });

  test.each(['{"title":"acme"}', 'not JSON'])('reports an answer that broke the contract: %s', async (body) => {
    answerWith(body);
    await expect(confirm()).rejects.toMatchObject({ status: 200 });
    expect(reported).toHaveBeenCalledOnce();
  });

  test('a body that the page called off is called off, and nobody broke a contract', async () => {
    const calledOff = new DOMException('The user aborted a request.', 'AbortError');
    answerWith(bodyThatFails(calledOff));
    await expect(confirm()).rejects.toBe(calledOff);
    expect(reported).not.toHaveBeenCalled();
  });

  test('a body that was cut off is a registry out of reach', async () => {
    answerWith(bodyThatFails(new TypeError('network error')));
    await expect(confirm()).rejects.toMatchObject({ status: 0 });
    expect(reported).not.toHaveBeenCalled();
  });
});

test('the address of a file is that of its route', () => {
  expect(hrefOf(accountEndRoutes.exportAccount)).toBe('/api/v1/account/export');
  const query = { format: 'csv', actor: 'a&b' } as const;
  expect(hrefOf(namespaceRoutes.exportAuditEvents, { params: { namespace: 'acme' }, query })).toBe(
    '/api/v1/namespaces/acme/audit-events/export?format=csv&actor=a%26b',
  );
});

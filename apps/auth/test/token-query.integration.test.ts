import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addNamespace, addRepository, addUser, PASSWORD } from './support/people.js';
import { basic, bodyOf, type RunningService, service, startService } from './support/running-service.js';

let running: RunningService;

beforeAll(async () => {
  running = await startService();
  const alice = await addUser(running.database, 'alice');
  await addNamespace(running.database, 'acme', { owner: alice });
  for (const name of ['acme/a', 'acme/b', 'acme/c']) await addRepository(running.database, name, 'public');
});
afterAll(() => running.stop());

const raw = (query: string) => fetch(`${running.origin}/token?${query}`);
const granted = async (response: Response) =>
  (await running.claimsOf(response)).access.map(({ name, actions }) => `${name}:${actions.join()}`);

describe('GET /token', () => {
  it('answers a token without credentials and without scopes', async () => {
    const response = await running.get();
    const before = Date.now();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('pragma')).toBe('no-cache');
    const body = await bodyOf(response);
    expect(Object.keys(body)).toEqual(['token', 'access_token', 'expires_in', 'issued_at']);
    expect(body.access_token).toBe(body.token);
    expect(body.expires_in).toBe(300);
    expect(body.issued_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    expect(Date.parse(body.issued_at)).toBeLessThanOrEqual(before);
  });

  it('signs an anonymous token for nobody', async () => {
    const claims = await running.claimsOf(await running.get([['scope', 'repository:acme/a:pull']]));
    expect(claims).toMatchObject({ principal: null, credentialId: null });
  });

  it.each([
    ['missing', 'scope=repository:acme/a:pull'],
    ['empty', 'service='],
    ['of another registry', 'service=other.example.com'],
    ['ours but for its case', `service=${service.toUpperCase()}`],
    ['ours with more behind it', `service=${service}.evil.example`],
    ['given twice', `service=${service}&service=other.example.com`],
    ['given twice the other way round', `service=other.example.com&service=${service}`],
    ['a list', `service[]=${service}`],
  ])('refuses a service that is %s', async (_, query) => {
    const response = await raw(query);
    expect(response.status).toBe(400);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const message = expect.stringContaining(service);
    expect(await response.json()).toMatchObject({
      error: 'invalid_request',
      error_description: message,
      errors: [{ code: 'UNSUPPORTED', message }],
    });
  });

  it.each([
    ['one', 'scope=repository:acme/a:pull', ['acme/a:pull']],
    ['none of its parameter', '', []],
    ['an empty one', 'scope=', []],
    ['two parameters', 'scope=repository:acme/a:pull&scope=repository:acme/b:pull', ['acme/a:pull', 'acme/b:pull']],
    ['two in one parameter', 'scope=repository:acme/a:pull+repository:acme/b:pull', ['acme/a:pull', 'acme/b:pull']],
    [
      'both ways at once',
      'scope=repository:acme/a:pull%20repository:acme/b:pull&scope=repository:acme/c:pull',
      ['acme/a:pull', 'acme/b:pull', 'acme/c:pull'],
    ],
    ['the same twice', 'scope=repository:acme/a:pull&scope=repository:acme/a:pull,push', ['acme/a:pull']],
    ['a class', 'scope=repository(plugin):acme/a:pull', ['acme/a:pull']],
    ['a type that is unknown', 'scope=project:acme/a:pull&scope=repository:acme/b:pull', ['acme/b:pull']],
    ['an action that is unknown', 'scope=repository:acme/a:pull,admin', ['acme/a:pull']],
    ['a host and port in the name', 'scope=repository:localhost:5000/acme/a:pull', []],
    ['a wildcard name', 'scope=repository:acme/*:pull', []],
    ['the catalog, without a user', 'scope=registry:catalog:*', []],
    ['every action', 'scope=repository:acme/a:*', ['acme/a:pull']],
    ['nonsense', 'scope=::::&scope=a&scope=repository', []],
  ])('reads a scope of %s', async (_, query, expected) => {
    expect(await granted(await raw(`service=${service}&${query}`))).toEqual(expected);
  });

  it('refuses more than 32 scopes, however they are given', async () => {
    const scopes = (count: number) => Array.from({ length: count }, (_, at) => `repository:acme/r${at}:pull`);
    expect((await running.get(scopes(32).map((scope) => ['scope', scope]))).status).toBe(200);
    expect((await running.get(scopes(33).map((scope) => ['scope', scope]))).status).toBe(400);
    expect((await running.get([['scope', scopes(33).join(' ')]])).status).toBe(400);
  });

  it('refuses an address of more than 8 KiB, whoever asks', async () => {
    const padded = (length: number) => `service=${service}&account=`.padEnd(length - '/token?'.length, 'x');
    expect((await raw(padded(8192))).status).toBe(200);
    const response = await raw(padded(8193));
    expect(response.status).toBe(414);
    expect(await response.json()).toMatchObject({ errors: [{ message: expect.stringContaining('8') }] });
  });

  it('takes the user from the credentials and never from account or client_id', async () => {
    await addUser(running.database, 'bob');
    const params: [string, string][] = [
      ['account', 'alice'],
      ['client_id', 'alice'],
    ];
    expect(await running.claimsOf(await running.get(params))).toMatchObject({ principal: null });
    const claims = await running.claimsOf(await running.get(params, basic('bob', PASSWORD)));
    expect(claims.principal?.name).toBe('bob');
  });

  it('ignores any cookie', async () => {
    const cookie = 'stowage_session=abc; __Host-sid=abc; token=abc';
    expect(await running.claimsOf(await running.get([], { cookie }))).toMatchObject({ principal: null });
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('knows no %s', async (method) => {
    expect((await fetch(`${running.origin}/token?service=${service}`, { method })).status).toBe(404);
  });
});

describe('createAuthApp', () => {
  it.each([59, 3601, 0, Number.NaN])('refuses a lifetime of %d seconds', async (tokenTtlSeconds) => {
    await expect(startService({ tokenTtlSeconds })).rejects.toThrow(RangeError);
  });

  it('gives the lifetime that it was started with', async () => {
    const short = await startService({ tokenTtlSeconds: 60 });
    expect((await bodyOf(await short.get())).expires_in).toBe(60);
    await short.stop();
  });

  it('answers 503 with a time to come back when Postgres is away', async () => {
    const lost = await startService();
    await lost.database.close();
    const response = await lost.get([['scope', 'repository:acme/a:pull']]);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await response.json()).toMatchObject({
      error: 'temporarily_unavailable',
      errors: [{ code: 'UNAVAILABLE' }],
    });
    await lost.stop();
  });
});

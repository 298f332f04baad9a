import type { UserRecord } from '@stowage/metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addAccessToken,
  addNamespace,
  addRepository,
  addUser,
  type MadeAccessToken,
  PASSWORD,
} from './support/people.js';
import { basic, bodyOf, type RunningService, service, startService } from './support/running-service.js';

let running: RunningService;
let alice: UserRecord;
let ofAlice: MadeAccessToken;

beforeAll(async () => {
  running = await startService();
  alice = await addUser(running.database, 'alice');
  ofAlice = await addAccessToken(running.database, alice);
  await addNamespace(running.database, 'acme', { owner: alice });
  await addRepository(running.database, 'acme/app', 'private');
});
afterAll(() => running.stop());

const credentials = { grant_type: 'password', username: 'alice', password: PASSWORD };
const send = (body: string | URLSearchParams, type?: string) =>
  fetch(`${running.origin}/token`, {
    method: 'POST',
    body,
    headers: type === undefined ? {} : { 'content-type': type },
  });

describe('POST /token', () => {
  it('answers what was granted, and the same token twice', async () => {
    const response = await running.post({ ...credentials, scope: 'repository:acme/app:pull,push repository:x/y:pull' });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('pragma')).toBe('no-cache');
    const body = await bodyOf(response);
    expect(body).toEqual({
      token: body.access_token,
      access_token: expect.any(String),
      expires_in: 300,
      issued_at: expect.any(String),
      scope: 'repository:acme/app:pull,push',
    });
  });

  it.each([
    ['a password', () => PASSWORD],
    ['an access token', () => ofAlice.secret],
  ])('gives the same as GET for %s', async (_, secret) => {
    const scope = 'repository:acme/app:* registry:catalog:* repository:alice/app:pull';
    const posted = await running.claimsOf(await running.post({ ...credentials, password: secret(), scope }));
    const got = await running.claimsOf(await running.get([['scope', scope]], basic('alice', secret())));
    const { id: _posted, issuedAt: _postedAt, expiresAt: _postedUntil, ...one } = posted;
    const { id: _got, issuedAt: _gotAt, expiresAt: _gotUntil, ...other } = got;
    expect(one).toEqual(other);
    expect(one.access).toHaveLength(3);
    expect(posted.id).not.toBe(got.id);
  });

  it('reads scopes that are repeated, as podman sends them', async () => {
    const form = new URLSearchParams({ ...credentials, service, client_id: 'containers/image' });
    form.append('scope', 'repository:acme/app:pull');
    form.append('scope', 'repository:alice/app:push');
    const { scope } = await bodyOf(await send(form));
    expect(scope).toBe('repository:acme/app:pull repository:alice/app:push');
  });

  it.each([
    ['is missing', {}],
    ['is empty', { grant_type: '' }],
    ['is reserved', { grant_type: 'authorization_code' }],
    ['is unknown', { grant_type: 'client_credentials' }],
  ])('refuses a grant type that %s', async (_, form) => {
    const response = await running.post(form as Record<string, string>);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'unsupported_grant_type', errors: [{ code: 'UNSUPPORTED' }] });
  });

  it.each([
    ['service', { service: '' }],
    ['service', { service: 'other.example.com' }],
    ['client_id', { client_id: '' }],
    ['username', { username: '' }],
    ['password', { password: '' }],
    ['refresh_token', { grant_type: 'refresh_token' }],
  ])('names the parameter that is missing or wrong: %s', async (parameter, change) => {
    const response = await running.post({ ...credentials, ...change });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringContaining(parameter),
    });
  });

  it('refuses more than 32 scopes', async () => {
    const scope = Array.from({ length: 33 }, (_, at) => `repository:acme/r${at}:pull`).join(' ');
    expect((await running.post({ ...credentials, scope })).status).toBe(400);
  });

  it.each([
    ['a wrong password', { password: 'wrong' }],
    ['an unknown user', { username: 'nobody' }],
    ['somebody else’s name for an access token', { username: 'nobody', password: 'the token' }],
    ['a wrong refresh token', { grant_type: 'refresh_token', refresh_token: 'wrong' }],
  ])('refuses %s with 401, in words for OAuth2 and for registry clients', async (_, change) => {
    const form: Record<string, string> = { ...credentials, ...change };
    if (form['password'] === 'the token') form['password'] = ofAlice.secret;
    const response = await running.post(form);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    const body = (await response.json()) as { error: string; error_description: string; errors: object[] };
    expect(body.error).toBe('invalid_grant');
    expect(body.errors).toEqual([{ code: 'UNAUTHORIZED', message: body.error_description }]);
  });

  it.each([
    ['JSON', JSON.stringify({ ...credentials, service, client_id: 'x' }), 'application/json'],
    ['text', 'grant_type=password', 'text/plain'],
    ['a multipart form', '--x--', 'multipart/form-data; boundary=x'],
  ])('takes no %s', async (_, body, type) => {
    const response = await send(body, type);
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringContaining('x-www-form-urlencoded') }],
    });
  });

  it('takes the form with a character set in its type', async () => {
    const form = new URLSearchParams({ ...credentials, service, client_id: 'x' });
    expect((await send(form.toString(), 'application/x-www-form-urlencoded; charset=UTF-8')).status).toBe(200);
  });

  it('reads nothing from the query and no Basic header', async () => {
    const query = new URLSearchParams({ ...credentials, service, client_id: 'x' });
    const response = await fetch(`${running.origin}/token?${query}`, {
      method: 'POST',
      headers: basic('alice', PASSWORD),
    });
    expect(response.status).toBe(400);
  });

  it('refuses a body that is too large', async () => {
    const response = await send(`grant_type=password&x=${'x'.repeat(300_000)}`, 'application/x-www-form-urlencoded');
    expect(response.status).toBe(413);
  });
});

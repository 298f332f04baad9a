import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newAttempt, SignInProviders } from '../src/index.js';

const REDIRECT = 'https://cr.example.com/sign-in/callback';
/** The address of its e-mail entry, as GitHub's API writes one. */
const entry = (email: string, more: { primary?: boolean; verified?: boolean } = {}) => ({
  email,
  primary: true,
  verified: true,
  visibility: null,
  ...more,
});

let github: http.Server;
let url = '';
let emails: object[] = [];
let tokenRequest = new URLSearchParams();

beforeEach(async () => {
  emails = [entry('octocat@example.com')];
  github = http.createServer((request, response) => void respond(request, response));
  github.listen(0, '127.0.0.1');
  await once(github, 'listening');
  url = `http://127.0.0.1:${(github.address() as AddressInfo).port}`;
});
afterEach(async () => {
  github.closeAllConnections();
  await new Promise((done) => github.close(done));
});

async function respond(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const answers: Record<string, () => unknown> = {
    '/login/oauth/access_token': () => {
      tokenRequest = new URLSearchParams(body);
      return tokenRequest.get('code') === 'good'
        ? { access_token: 'gho_token', token_type: 'bearer', scope: 'read:user,user:email' }
        : { error: 'bad_verification_code', error_description: 'The code is incorrect or expired.' };
    },
    '/api/v3/user': () => ({ id: 583_231, login: 'octocat' }),
    '/api/v3/user/emails': () => emails,
  };
  const isAllowed = !request.url?.startsWith('/api/') || request.headers.authorization === 'Bearer gho_token';
  const answer = isAllowed ? answers[request.url ?? ''] : undefined;
  response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(answer?.() ?? {}));
}

function provider() {
  const settings = { id: 'github', name: 'GitHub', url, clientId: 'id', clientSecret: 'secret' } as const;
  return new SignInProviders([settings]).find('github')!;
}

async function identity(answer: Record<string, string> = {}) {
  const attempt = newAttempt();
  const back = new URL(REDIRECT);
  for (const [name, value] of Object.entries({ state: attempt.state, code: 'good', ...answer })) {
    back.searchParams.set(name, value);
  }
  return { attempt, found: await provider().identityOf(back, attempt) };
}

describe('sign-in with GitHub', () => {
  it('asks for the name and the addresses, with a state and PKCE', async () => {
    const page = await provider().authorizationUrl(REDIRECT, newAttempt());
    expect(page.href).toMatch(`${url}/login/oauth/authorize`);
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      client_id: 'id',
      redirect_uri: REDIRECT,
      scope: 'read:user user:email',
      response_type: 'code',
      code_challenge_method: 'S256',
    });
  });

  it('can not be asked to prove it once more, and is not', async () => {
    const page = await provider().authorizationUrl(REDIRECT, newAttempt({ again: true }));
    for (const name of ['prompt', 'max_age']) expect(page.searchParams.has(name)).toBe(false);
  });

  it('goes by the number of the account, which nobody can take over as they could its name', async () => {
    const { attempt, found } = await identity();
    expect(found).toEqual({ issuer: url, subject: '583231', email: 'octocat@example.com', name: 'octocat' });
    expect(tokenRequest.get('code_verifier')).toBe(attempt.verifier);
    expect(tokenRequest.get('client_secret')).toBe('secret');
  });

  it.each([
    ['is not verified', () => [entry('a@example.com', { verified: false })]],
    ['is not the first one', () => [entry('a@example.com', { primary: false })]],
    ['is not there', () => []],
  ])('believes no address that %s', async (_, given) => {
    emails = given();
    expect((await identity()).found.email).toBeNull();
  });

  it.each([
    ['a code that was used', { code: 'bad' }, 'ProviderRefusalError'],
    ['the state of another sign-in', { state: 'other' }, 'ProviderRefusalError'],
    ['a refusal', { error: 'access_denied' }, 'ProviderRefusalError'],
  ])('is refused with %s', async (_, answer, name) => {
    await expect(identity(answer)).rejects.toMatchObject({ name });
  });

  it('says so when GitHub is away', async () => {
    github.closeAllConnections();
    await new Promise((done) => github.close(done));
    await expect(identity()).rejects.toMatchObject({ name: 'ProviderUnavailableError' });
    github = http.createServer().listen(0, '127.0.0.1');
  });
});

import { createPublicKey, generateKeyPairSync, sign, verify, type webcrypto } from 'node:crypto';
import { paths } from '@stowage/contracts';
import { beforeAll, expect, test } from 'vitest';
import { parseChallenge } from '../../support/challenge.js';
import { anImage } from '../../support/images.js';
import { callApi, createAccessToken } from '../../support/management-api.js';
import { claimsOf, getToken } from '../../support/token-service.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);
let repository = '';
let token = '';

beforeAll(async () => {
  repository = owner.newRepository();
  await owner.client.pushImage(repository, 'v1', await anImage());
  token = await owner.client.tokenFor(`repository:${repository}:pull,push`);
});

function pull(headers: Record<string, string>): Promise<Response> {
  return fetch(`${running.url}/v2/${repository}/manifests/v1`, { headers });
}

function part(json: object): string {
  return Buffer.from(JSON.stringify(json)).toString('base64url');
}

async function expectInvalidToken(bearer: string): Promise<void> {
  const response = await pull({ authorization: `Bearer ${bearer}` });
  expect(response.status).toBe(401);
  expect(parseChallenge(response.headers.get('www-authenticate')).error).toBe('invalid_token');
  expect(await response.json()).toMatchObject({ errors: [{ code: 'UNAUTHORIZED' }] });
}

test('publishes the keys that verify its tokens, and no private member (A9)', async () => {
  const response = await fetch(`${running.url}/.well-known/jwks.json`);
  expect(response.status).toBe(200);
  const { keys } = (await response.json()) as { keys: (webcrypto.JsonWebKey & { kid: string })[] };
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) {
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth']) expect(key).not.toHaveProperty(secret);
  }
  const [head = '', claims = '', signature = ''] = token.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg: string; kid: string; typ: string };
  expect(['ES256', 'EdDSA']).toContain(header.alg);
  const jwk = keys.find(({ kid }) => kid === header.kid);
  const publicKey = createPublicKey({ key: jwk ?? {}, format: 'jwk' });
  const algorithm = header.alg === 'ES256' ? 'sha256' : null;
  const signed = Buffer.from(`${head}.${claims}`);
  const options = { key: publicKey, dsaEncoding: 'ieee-p1363' as const };
  expect(verify(algorithm, signed, options, Buffer.from(signature, 'base64url'))).toBe(true);
});

test('a token says for whom, by whom, for what and how long (A8)', async () => {
  const claims = claimsOf(token);
  const { service } = parseChallenge((await fetch(`${running.url}/v2/`)).headers.get('www-authenticate'));
  expect([claims.aud].flat()).toEqual([service]);
  expect(claims).toMatchObject({ iss: expect.any(String), sub: expect.any(String), jti: expect.any(String) });
  expect(claims.exp - claims.iat).toBe(300);
});

test('a tampered token is refused (trap 5)', async () => {
  const [head = '', , signature = ''] = token.split('.');
  const more = { ...claimsOf(token), access: [{ type: 'repository', name: repository, actions: ['pull', 'delete'] }] };
  await expectInvalidToken(`${head}.${part(more)}.${signature}`);
  await expectInvalidToken(`${head}.${part(claimsOf(token))}.${signature.slice(0, -4)}AAAA`);
});

test.each([
  { what: 'no signature at all', make: () => `${part({ alg: 'none', typ: 'JWT' })}.${part(claimsOf(token))}.` },
  { what: 'a signature by an unknown key', make: () => signedByStranger() },
  { what: 'only garbage in it', make: () => 'garbage' },
  { what: 'nothing but dots', make: () => '..' },
  { what: 'ten thousand characters', make: () => 'x'.repeat(10_000) },
])('a token with $what is refused', async ({ make }) => {
  await expectInvalidToken(make());
});

function signedByStranger(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [head = ''] = token.split('.');
  const claims = part({ ...claimsOf(token), exp: Math.floor(Date.now() / 1000) + 3600 });
  const signature = sign('sha256', Buffer.from(`${head}.${claims}`), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${head}.${claims}.${signature.toString('base64url')}`;
}

test('a token for one repository opens no other', async () => {
  const other = owner.newRepository();
  await owner.client.pushImage(other, 'v1', await anImage());
  const response = await fetch(`${running.url}/v2/${other}/manifests/v1`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([401, 403]).toContain(response.status);
  expect(await response.json()).toMatchObject({ errors: [{ code: expect.stringMatching(/^(UNAUTHORIZED|DENIED)$/) }] });
});

test('a token for pulling does not push', async () => {
  const pulling = await owner.client.tokenFor(`repository:${repository}:pull`);
  const response = await owner.client.send('POST', `/v2/${repository}/blobs/uploads/`, {}, pulling);
  expect([401, 403]).toContain(response.status);
});

test("the dashboard's cookie means nothing to the registry and the token service", async () => {
  const { cookie } = owner.person;
  expect((await pull({ cookie })).status).toBe(401);
  const { realm, service } = parseChallenge((await pull({})).headers.get('www-authenticate'));
  const scope = `repository:${repository}:pull`;
  const { body } = await getToken(realm, { service, scope }, undefined, { cookie });
  const claims = claimsOf(body.token ?? '');
  expect(claims.sub).toBe('');
  expect(claims.access.flatMap(({ actions }) => actions)).toEqual([]);
});

test("a registry's token means nothing to the management API", async () => {
  const headers = { authorization: `Bearer ${token}` };
  for (const path of [paths.session, paths.namespaces, paths.accessTokens]) {
    expect((await callApi(running.url, path, { headers })).status, path).toBe(401);
  }
});

test('an access token opens the management API, unless its grants leave that out', async () => {
  const open = { authorization: `Bearer ${owner.person.token}` };
  expect((await callApi(running.url, paths.namespaces, { headers: open })).status).toBe(200);
  const secret = await createAccessToken(owner.person.call, {
    name: 'pull only',
    grants: [{ repository, actions: ['pull'] }],
  });
  const answer = await callApi(running.url, paths.namespaces, { headers: { authorization: `Bearer ${secret}` } });
  expect([401, 403]).toContain(answer.status);
});

test('an access token is no registry token', async () => {
  expect((await pull({ authorization: `Bearer ${owner.person.token}` })).status).toBe(401);
});

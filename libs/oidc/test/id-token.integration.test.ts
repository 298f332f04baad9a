import { generateKeyPair, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  IdTokenVerifier,
  InvalidIdTokenError,
  type Issuer,
  IssuerKeyCache,
  IssuerKeySource,
  IssuerPolicy,
} from '../src/index.js';
import { githubJobClaims, gitlabJobClaims, TestIssuer } from '../src/testing/index.js';

const AUDIENCE = 'https://cr.example.com';
let issuer: TestIssuer;
let nowMs: number;
let verifier: IdTokenVerifier;

beforeEach(async () => {
  issuer = await TestIssuer.start();
  nowMs = 1_000_000;
  const cache = new IssuerKeyCache(new IssuerKeySource(new IssuerPolicy([issuer.url])), () => nowMs);
  verifier = new IdTokenVerifier(cache);
});
afterEach(async () => issuer.close());

const verify = async (token: string) => verifier.verify(token, issuer.url as Issuer);
const fetches = () => issuer.requests.filter((path) => path === '/jwks').length;

describe('IdTokenVerifier', () => {
  it('gives the claims of jobs as GitHub Actions and GitLab CI write them', async () => {
    expect(await verify(await issuer.sign(githubJobClaims(AUDIENCE)))).toMatchObject({ repository: 'octo-org/app' });
    expect(await verify(await issuer.sign(gitlabJobClaims(AUDIENCE)))).toMatchObject({
      project_path: 'octo-group/app',
    });
    expect(fetches()).toBe(1);
  });

  it.each(['ES256', 'PS256', 'EdDSA'])('takes %s', async (algorithm) => {
    await issuer.rotate(algorithm);
    expect(await verify(await issuer.sign({ sub: 'a', aud: AUDIENCE }))).toMatchObject({ sub: 'a' });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['that has expired', { iat: 1_000, exp: 2_000 }, 'has expired'],
    ['that is not valid yet', { nbf: Date.now() / 1000 + 600 }, 'is not valid yet'],
    ['of the future', { iat: Math.floor(Date.now() / 1000) + 600 }, 'was issued in the future'],
    ['for a year', { exp: Math.floor(Date.now() / 1000) + 31_536_000 }, 'longer than a day'],
    ['of somebody else', { iss: 'https://gitlab.com' }, 'of another issuer'],
    ['without a subject', { sub: undefined }, 'claim sub is missing'],
    ['without an end', { exp: undefined }, 'claim exp is missing'],
    ['without a beginning', { iat: undefined }, 'claim iat is missing'],
    ['with an audience that is no text', { aud: [7] }, 'claim aud is missing'],
  ])('refuses a token %s', async (_, claims, message) => {
    const token = await issuer.sign(githubJobClaims(AUDIENCE, claims));
    await expect(verify(token)).rejects.toThrow(message);
  });

  it('refuses a token of another key, of no key, and one that brings its own', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const claims = githubJobClaims(AUDIENCE);
    await expect(verify(await issuer.sign(claims, { privateKey }))).rejects.toThrow('signature is not valid');
    const secret = new TextEncoder().encode(JSON.stringify(issuer.publicKeys[0]));
    await expect(verify(await issuer.sign(claims, { header: { alg: 'HS256' }, privateKey: secret }))).rejects.toThrow(
      InvalidIdTokenError,
    );
    const now = Math.floor(Date.now() / 1000);
    const unsecured = new UnsecuredJWT({ ...claims, iss: issuer.url, iat: now, exp: now + 60 }).encode();
    await expect(verify(unsecured)).rejects.toThrow(InvalidIdTokenError);
    const forged = await issuer.sign(claims, { privateKey, header: { jwk: issuer.publicKeys[0] ?? {}, kid: 'mine' } });
    await expect(verify(forged)).rejects.toThrow('signed with a key that its issuer does not have');
  });

  it('refuses another kind of token of the same issuer, and what is no token at all', async () => {
    const token = await issuer.sign(githubJobClaims(AUDIENCE), { header: { typ: 'at+jwt' } });
    await expect(verify(token)).rejects.toThrow('another kind of token');
    await expect(verify('a.b.c')).rejects.toThrow('this is not an ID token');
    await expect(verify(`${'a'.repeat(20_000)}.b.c`)).rejects.toThrow('too long');
  });

  it('follows an issuer that takes a new key, and asks no more often for unknown ones', async () => {
    await verify(await issuer.sign(githubJobClaims(AUDIENCE)));
    await issuer.rotate();
    nowMs += 15_000;
    expect(await verify(await issuer.sign(githubJobClaims(AUDIENCE)))).toMatchObject({ repository: 'octo-org/app' });
    expect(fetches()).toBe(2);
    for (let at = 0; at < 5; at += 1) {
      const token = await issuer.sign(githubJobClaims(AUDIENCE), { header: { kid: `unknown-${at}` } });
      await expect(verify(token)).rejects.toThrow('signed with a key that its issuer does not have');
    }
    expect(fetches()).toBe(2);
  });

  it('forgets a key that was taken away, ten minutes later at most', async () => {
    const token = await issuer.sign(githubJobClaims(AUDIENCE));
    await verify(token);
    await issuer.rotate();
    nowMs += 600_000;
    await expect(verify(token)).rejects.toThrow('signed with a key that its issuer does not have');
  });

  it('goes on with known keys while the issuer is away, for an hour, and remembers failures for some seconds', async () => {
    const token = await issuer.sign(githubJobClaims(AUDIENCE));
    await verify(token);
    issuer.answer = (_, response) => response.writeHead(503).end();
    nowMs += 1_800_000;
    await verify(token);
    nowMs += 1_800_000;
    await expect(verify(token)).rejects.toThrow('answered with an error');
    const asked = issuer.requests.length;
    await expect(verify(token)).rejects.toThrow('answered with an error');
    expect(issuer.requests).toHaveLength(asked);
    issuer.answer = undefined;
    nowMs += 15_000;
    await verify(token);
  });

  it('fetches once for many at a time', async () => {
    const token = await issuer.sign(githubJobClaims(AUDIENCE));
    await Promise.all(Array.from({ length: 8 }, async () => verify(token)));
    expect(fetches()).toBe(1);
  });
});

import { parseRepositoryName } from '@stowage/oci';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { repositoryAccess } from './access.js';
import { RegistryTokenSigner } from './registry-token-signer.js';
import { generateSigningKey } from './signing-key.js';

const key = await generateSigningKey();
const access = [repositoryAccess(parseRepositoryName('acme/app'), ['pull', 'push'])];
const alice = { kind: 'user', id: 'u1', name: 'alice' } as const;
const clock = () => new Date('2026-01-02T03:04:05.678Z');
const options = { issuer: 'https://cr.example.com', service: 'cr.example.com', signingKey: async () => key, clock };
const signer = new RegistryTokenSigner({ ...options, ttlSeconds: 300 });

describe('RegistryTokenSigner', () => {
  it('says who, what, where and for how long', async () => {
    const signed = await signer.sign({ principal: alice, credentialId: 'c1', access });
    const issuedAt = new Date('2026-01-02T03:04:05.000Z');
    expect(signed).toEqual({ token: expect.any(String), issuedAt, expiresInSeconds: 300 });
    expect(decodeProtectedHeader(signed.token)).toEqual({ alg: 'ES256', typ: 'JWT', kid: key.kid });
    const iat = issuedAt.getTime() / 1000;
    expect(decodeJwt(signed.token)).toEqual({
      iss: 'https://cr.example.com',
      aud: 'cr.example.com',
      sub: 'u1',
      username: 'alice',
      credential: 'c1',
      access: [{ type: 'repository', name: 'acme/app', actions: ['pull', 'push'] }],
      iat,
      nbf: iat,
      exp: iat + 300,
      jti: expect.stringMatching(/^[\w-]{22}$/),
    });
  });

  it('has an empty subject and no names for an anonymous caller', async () => {
    const { token } = await signer.sign({ principal: null, credentialId: null, access: [] });
    const payload = decodeJwt(token);
    expect(payload.sub).toBe('');
    expect(payload).not.toHaveProperty('username');
    expect(payload).not.toHaveProperty('credential');
  });

  it('says when the credential ends, in whole seconds, where it does', async () => {
    const credentialExpiresAt = new Date('2026-02-03T04:05:06.789Z');
    const of = (end: Date | null) =>
      signer.sign({ principal: alice, credentialId: 'c1', credentialExpiresAt: end, access });
    const { token } = await of(credentialExpiresAt);
    expect(decodeJwt(token)['credential_exp']).toBe(Math.floor(credentialExpiresAt.getTime() / 1000));
    expect(decodeJwt((await of(null)).token)).not.toHaveProperty('credential_exp');
  });

  it('gives each token an id of its own', async () => {
    const request = { principal: null, credentialId: null, access: [] };
    const tokens = await Promise.all(Array.from({ length: 20 }, () => signer.sign(request)));
    expect(new Set(tokens.map(({ token }) => decodeJwt(token).jti)).size).toBe(20);
  });

  it('signs with the key of the moment', async () => {
    const next = await generateSigningKey();
    const keys = [key, next, key];
    const rotating = new RegistryTokenSigner({
      ...options,
      ttlSeconds: 60,
      signingKey: async () => keys.shift() ?? key,
    });
    const kids: (string | undefined)[] = [];
    for (let at = 0; at < 3; at += 1) {
      const { token } = await rotating.sign({ principal: null, credentialId: null, access });
      kids.push(decodeProtectedHeader(token).kid);
    }
    expect(kids).toEqual([key.kid, next.kid, key.kid]);
  });

  it.each([0, 59, 3601, Number.NaN, Number.POSITIVE_INFINITY])('refuses a lifetime of %d seconds', (ttlSeconds) => {
    expect(() => new RegistryTokenSigner({ ...options, ttlSeconds })).toThrow(RangeError);
  });
});

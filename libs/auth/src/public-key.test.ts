import { generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { describe, expect, it } from 'vitest';
import { importPublicKey, publicMembers, toJwks } from './public-key.js';
import { generateSigningKey } from './signing-key.js';

const other = (type: 'ed25519' | 'p-384') =>
  type === 'ed25519'
    ? generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
    : generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' });

describe('signing keys', () => {
  it('are P-256 pairs named by their thumbprint', async () => {
    const { kid, publicJwk, privateJwk } = await generateSigningKey();
    expect(publicJwk).toEqual({ kty: 'EC', crv: 'P-256', x: expect.any(String), y: expect.any(String) });
    expect(privateJwk).toEqual({ ...publicJwk, d: expect.any(String) });
    expect(kid).toBe(await calculateJwkThumbprint(publicJwk));
  });

  it('are published with their public members only, even when handed the private ones', async () => {
    const key = await generateSigningKey();
    const { keys } = toJwks([{ kid: key.kid, publicJwk: key.privateJwk }]);
    expect(keys).toEqual([{ ...key.publicJwk, kid: key.kid, alg: 'ES256', use: 'sig' }]);
  });

  it('verify and never sign when they come from the set', async () => {
    const key = await generateSigningKey();
    const imported = await importPublicKey({ kid: key.kid, publicJwk: key.privateJwk });
    expect(imported).toMatchObject({ type: 'public', usages: ['verify'] });
  });

  it.each([
    ['a secret', { kty: 'oct', k: 'c2VjcmV0' }],
    ['a blank secret', { kty: 'oct', k: '' }],
    ['nothing', { kty: '' }],
    ['a key without its point', { kty: 'EC', crv: 'P-256', x: '', y: '' }],
    ['a key of another curve', other('p-384')],
    ['a key of another kind', other('ed25519')],
  ])('are never %s', (_, jwk) => {
    expect(() => publicMembers(jwk as { kty: string })).toThrow(TypeError);
  });
});

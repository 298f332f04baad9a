import { createHmac, createPrivateKey, createPublicKey, sign as signBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode, forge, HEADER, newTestVerifier, outcomeOf, ours, PAYLOAD, retired } from '../test/forged-token.js';
import { generateSigningKey } from './signing-key.js';

const evil = await generateSigningKey();

function forgeWithSecret(secret: string, alg: string): string {
  const input = `${encode({ ...HEADER, alg })}.${encode(PAYLOAD)}`;
  return `${input}.${createHmac(alg.replace('HS', 'sha'), secret).update(input).digest('base64url')}`;
}

describe('a forged token', () => {
  it('would be taken with the right key, so that the cases below test what they say', async () => {
    expect(await newTestVerifier().verify(forge(ours, HEADER))).toMatchObject({ principal: { id: 'admin' } });
    expect(await newTestVerifier().verify(forge(retired, { ...HEADER, kid: retired.kid }))).toMatchObject({
      principal: { id: 'admin' },
    });
  });

  const x5c = [Buffer.from('certificate').toString('base64')];
  it.each<[string, object]>([
    ['its own key in the header', { jwk: evil.publicJwk }],
    ['its own key and no id', { jwk: evil.publicJwk, kid: undefined }],
    ['its own key and that key as its id', { jwk: evil.publicJwk, kid: evil.kid }],
    ['the address of a key set', { jku: 'https://evil.example.com/jwks.json', kid: evil.kid }],
    ['the address of a certificate', { x5u: 'https://evil.example.com/cert.pem', kid: evil.kid }],
    ['a certificate', { x5c, kid: undefined }],
    ['the id of our key', {}],
    ['the id of another key of ours', { kid: retired.kid }],
    ['no id', { kid: undefined }],
    ['an id that is a list', { kid: [ours.kid] }],
    ['an id that is a path', { kid: '../../dev/null' }],
    ['an id out of the prototype', { kid: '__proto__' }],
  ])('with %s is refused', async (_, header) => {
    expect(await outcomeOf(forge(evil, { ...HEADER, ...header }))).toBe('refused');
  });

  it('of one key of ours under the id of another is refused', async () => {
    expect(await outcomeOf(forge(ours, { ...HEADER, kid: retired.kid }))).toBe('refused');
  });

  it.each(['none', 'None', 'NONE', 'nOnE', ''])('with algorithm %j is refused, signed or not', async (alg) => {
    expect(await outcomeOf(`${encode({ ...HEADER, alg })}.${encode(PAYLOAD)}.`)).toBe('refused');
    expect(await outcomeOf(forge(ours, { ...HEADER, alg }))).toBe('refused');
  });

  it.each(['ES384', 'ES512', 'RS256', 'PS256', 'EdDSA', 'HS256', 'es256'])(
    'with algorithm %s is refused',
    async (alg) => {
      expect(await outcomeOf(forge(ours, { ...HEADER, alg }))).toBe('refused');
    },
  );

  const publicKey = createPublicKey({ key: ours.publicJwk as Record<string, string>, format: 'jwk' });
  it.each([
    ['nothing', ''],
    ['a blank', ' '],
    ['blanks', ' '.repeat(32)],
    ['a guess', 'secret'],
    ['a default', 'changeme'],
    ['the public key as PEM', publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['the public key as a JWK', JSON.stringify(ours.publicJwk)],
    ['the id of the key', ours.kid],
  ])('with a MAC by %s is refused', async (_, secret) => {
    for (const alg of ['HS256', 'HS384', 'HS512'])
      expect(await outcomeOf(forgeWithSecret(secret, alg))).toBe('refused');
  });

  it.each([[], [PAYLOAD], 'x', null, 1, true, {}].map((payload) => [payload]))('of %j is refused', async (payload) => {
    expect(await outcomeOf(forge(ours, HEADER, payload))).toBe('refused');
  });

  it.each<[string, unknown]>([
    ['another type', { ...HEADER, typ: 'at+jwt' }],
    ['no type', { ...HEADER, typ: undefined }],
    ['a demand that we do not know', { ...HEADER, crit: ['exp'], exp: 1 }],
    ['a payload that is not encoded', { ...HEADER, b64: false, crit: ['b64'] }],
    ['a list for a header', [HEADER]],
    ['null for a header', null],
  ])('with %s is refused', async (_, header) => {
    expect(await outcomeOf(forge(ours, header))).toBe('refused');
  });

  it('with a signature of zeros, of the other encoding, cut or missing is refused', async () => {
    const token = forge(ours, HEADER);
    const body = token.slice(0, token.lastIndexOf('.'));
    const privateKey = createPrivateKey({ key: ours.privateJwk as Record<string, string>, format: 'jwk' });
    const der = signBytes('sha256', Buffer.from(body), privateKey).toString('base64url');
    const zeros = Buffer.alloc(64).toString('base64url');
    for (const signature of ['', zeros, der, token.slice(body.length + 1, -4)])
      expect(await outcomeOf(`${body}.${signature}`)).toBe('refused');
    expect(await outcomeOf(body)).toBe('refused');
    expect(await outcomeOf(`${token}.${token}`)).toBe('refused');
  });

  it('with one character changed is refused', async () => {
    const token = forge(ours, HEADER);
    // The last character holds bits that the encoding ignores.
    const position = fc.nat({ max: token.length - 2 });
    await fc.assert(
      fc.asyncProperty(position, fc.constantFrom('A', 'z', '5', '.', '='), async (at, character) => {
        fc.pre(token[at] !== character);
        expect(await outcomeOf(token.slice(0, at) + character + token.slice(at + 1))).toBe('refused');
      }),
    );
  });

  it.each([
    ['dots', '.'.repeat(16 * 1024)],
    ['more dots', '.'.repeat(8 * 1024 * 1024)],
    ['brackets', `${Buffer.from('['.repeat(9000)).toString('base64url')}.e30.e30`],
    ['a valid token and blanks', `${' '.repeat(100)}${forge(ours, HEADER)}`],
    ['a valid token that is too long', forge(ours, HEADER, { ...PAYLOAD, padding: 'x'.repeat(16 * 1024) })],
  ])('of %s is refused', async (_, token) => {
    expect(await outcomeOf(token)).toBe('refused');
  });

  it('of any text is refused and breaks nothing', async () => {
    const anySegment = fc.base64String();
    const anyParts = fc.tuple(anySegment, anySegment, anySegment).map((parts) => parts.join('.'));
    const anyJson = fc.tuple(fc.jsonValue(), fc.jsonValue()).map((parts) => forge(ours, ...parts));
    const anyText = fc.oneof(fc.string({ unit: 'binary' }), anyParts, anyJson);
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        expect(await outcomeOf(text)).toBe('refused');
      }),
      { numRuns: 500 },
    );
  });
});

import fc from 'fast-check';
import { generateSync } from 'otplib';
import { describe, expect, it } from 'vitest';
import { generateTotpKey, isTotpKey, matchTotp, totpUri } from './totp.js';

/** `12345678901234567890`, the key of RFC 6238, appendix B. */
const RFC_KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const codeAt = (key: string, at: number) => generateSync({ secret: key, epoch: at });

describe('a one-time code', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i is that of the specification', (at, code) => {
    expect(matchTotp(RFC_KEY, code, { at })).toBe(Math.floor(at / 30));
  });

  it('counts one step early and one step late, and no further', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1e6, max: 4e9 }), fc.integer({ min: -5, max: 5 }), (at, drift) => {
        const key = generateTotpKey();
        const step = Math.floor(at / 30) + drift;
        const found = matchTotp(key, codeAt(key, step * 30), { at });
        // Codes of steps that are near each other may be equal, once in a hundred thousand times.
        if (Math.abs(drift) <= 1) expect(found).toBeDefined();
        else if (found !== undefined) expect(codeAt(key, found * 30)).toBe(codeAt(key, step * 30));
      }),
    );
  });

  it('is used up with its step, and with it every earlier one', () => {
    const at = 1_234_567_890;
    const step = matchTotp(RFC_KEY, codeAt(RFC_KEY, at), { at })!;
    expect(matchTotp(RFC_KEY, codeAt(RFC_KEY, at), { at, after: step })).toBeUndefined();
    expect(matchTotp(RFC_KEY, codeAt(RFC_KEY, at - 30), { at, after: step })).toBeUndefined();
    expect(matchTotp(RFC_KEY, codeAt(RFC_KEY, at + 30), { at, after: step })).toBe(step + 1);
  });

  it.each(['', '12345', '1234567', '28708２', ' 287082', '28708a', '287 082', '0x1234'])('is not %j', (code) => {
    expect(matchTotp(RFC_KEY, code, { at: 59 })).toBeUndefined();
  });

  it('belongs to its key', () => {
    expect(matchTotp(generateTotpKey(), '287082', { at: 59, after: 4 })).toBeUndefined();
    expect(matchTotp('', '287082', { at: 59 })).toBeUndefined();
  });
});

describe('a key', () => {
  it('is always another one, and reads as one', () => {
    const keys = Array.from({ length: 50 }, generateTotpKey);
    expect(new Set(keys).size).toBe(50);
    expect(keys.every(isTotpKey)).toBe(true);
    expect(['', RFC_KEY.toLowerCase(), `${RFC_KEY}A`, `${RFC_KEY.slice(1)}1`].some(isTotpKey)).toBe(false);
  });

  it('is what the QR code says', () => {
    const uri = new URL(totpUri({ issuer: 'Stowage (localhost:8080)', account: 'ada', key: RFC_KEY }));
    expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp']);
    expect(decodeURIComponent(uri.pathname)).toBe('/Stowage (localhost:8080):ada');
    expect(uri.searchParams.get('secret')).toBe(RFC_KEY);
    expect(uri.searchParams.get('issuer')).toBe('Stowage (localhost:8080)');
  });
});

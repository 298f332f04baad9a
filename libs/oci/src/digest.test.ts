import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeOf, SHA256, SHA512 } from '../test/manifest-samples.js';
import { digestAlgorithm, digestHex, formatDigest, isDigest, parseDigest } from './digest.js';

const HEX = 'a1'.repeat(32);

describe('parseDigest', () => {
  it.each([
    ['sha256', SHA256],
    ['sha512, which has 135 characters (P13)', SHA512],
  ])('reads %s', (_, text) => {
    expect(parseDigest(text)).toBe(text);
  });

  // security.md 5.9: what becomes part of a storage key must be hex and nothing else.
  it.each([
    ['nothing', ''],
    ['no algorithm', HEX],
    ['no hex', 'sha256:'],
    ['63 digits', `sha256:${HEX.slice(1)}`],
    ['65 digits', `sha256:${HEX}a`],
    ['upper-case hex', `sha256:${HEX.toUpperCase()}`],
    ['an upper-case algorithm', `SHA256:${HEX}`],
    ['an unknown algorithm', `md5:${'a'.repeat(32)}`],
    ['a compound algorithm', `sha256+b64:${HEX}`],
    ['the hex of the other algorithm', `sha512:${HEX}`],
    ['a path (CVE-2024-3727)', 'sha256:../../../../etc/passwd'],
    ['a path of the right length', `sha256:${'../'.repeat(21)}a`],
    ['NUL', `sha256:\0${HEX.slice(1)}`],
    ['an encoded NUL', `sha256:%00${HEX.slice(3)}`],
    ['a line feed at the end', `${SHA256}\n`],
    ['a space before', ` ${SHA256}`],
    ['digits of another script', `sha256:${'٣'.repeat(64)}`],
  ])('refuses %s with DIGEST_INVALID', (_, text) => {
    expect(outcomeOf(() => parseDigest(text))).toBe('DIGEST_INVALID');
    expect(isDigest(text)).toBe(false);
  });

  it('reads what formatDigest wrote, and takes it apart again', () => {
    const hex = fc
      .constantFrom<['sha256' | 'sha512', number]>(['sha256', 64], ['sha512', 128])
      .chain(([algorithm, length]) =>
        fc
          .string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), minLength: length, maxLength: length })
          .map((text) => ({ algorithm, text })),
      );
    fc.assert(
      fc.property(hex, ({ algorithm, text }) => {
        const digest = parseDigest(formatDigest(algorithm, text));
        expect([digestAlgorithm(digest), digestHex(digest)]).toEqual([algorithm, text]);
      }),
    );
  });

  it('does not format what is no hash of the algorithm', () => {
    expect(() => formatDigest('sha512', HEX)).toThrow(TypeError);
  });
});

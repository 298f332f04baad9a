import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDigest } from '../test/arbitraries.js';
import { SHA256, SHA512 } from '../test/manifest-samples.js';
import { parseDigest } from './digest.js';
import { allowsRange, formatEntityTag, matchesEntityTag } from './entity-tag.js';

const digest = parseDigest(SHA256);

describe('matchesEntityTag', () => {
  it.each([`"${SHA256}"`, `W/"${SHA256}"`, `"x", "${SHA256}"`, `"${SHA256}","x"`, '*', ' * '])(
    'finds it in %s',
    (header) => {
      expect(matchesEntityTag(header, digest)).toBe(true);
    },
  );

  it.each([undefined, '', SHA256, `"${SHA512}"`, `"${SHA256}0"`, '"*"', '**'])('does not find it in %s', (header) => {
    expect(matchesEntityTag(header, digest)).toBe(false);
  });

  it('knows what formatEntityTag wrote, and nothing that it wrote for other content', () => {
    fc.assert(
      fc.property(anyDigest, anyDigest, fc.array(anyDigest), (one, other, more) => {
        const header = [other, ...more].map(formatEntityTag).join(', ');
        expect(matchesEntityTag(header, one)).toBe([other, ...more].includes(one));
        expect(matchesEntityTag(`${header}, ${formatEntityTag(one)}`, one)).toBe(true);
      }),
    );
  });
});

describe('allowsRange', () => {
  it.each([
    [undefined, true],
    [`"${SHA256}"`, true],
    [`W/"${SHA256}"`, false],
    [`"${SHA512}"`, false],
    ['Sat, 21 Nov 2026 07:00:00 GMT', false],
    ['*', false],
    ['', false],
  ])('of If-Range: %s is %s (RFC 9110, 13.1.5)', (header, expected) => {
    expect(allowsRange(header, digest)).toBe(expected);
  });
});

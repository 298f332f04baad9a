import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDigest } from '../test/arbitraries.js';
import { isTagName, parseTagName } from './reference.js';
import { isReferrersTag, referrersTag } from './referrers-tag.js';

describe('referrersTag', () => {
  it('is a tag by the grammar, and one that isReferrersTag knows, for every digest (P22)', () => {
    fc.assert(
      fc.property(anyDigest, (digest) => {
        const tag = referrersTag(digest);
        expect(isTagName(tag) && isReferrersTag(tag)).toBe(true);
        expect(digest.replace(':', '-').startsWith(tag)).toBe(true);
      }),
    );
  });

  it.each([
    `sha256-${'a'.repeat(64)}.sig`,
    `sha256-${'a'.repeat(63)}`,
    `sha256-${'a'.repeat(65)}`,
    `sha256-${'A'.repeat(64)}`,
    `sha384-${'a'.repeat(64)}`,
    `x-sha256-${'a'.repeat(64)}`,
    'sha256',
    'latest',
  ])('does not take %s for one', (tag) => {
    expect(isReferrersTag(parseTagName(tag))).toBe(false);
  });
});

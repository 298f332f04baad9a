import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeOf, SHA256, SHA512 } from '../test/manifest-samples.js';
import { isTagName, parseReference, parseTagName } from './reference.js';

const HEAD = 'abcXYZ019_'.split('');

describe('parseTagName', () => {
  it.each(['latest', '1', '1.0', '_', 'A', 'a-b', `sha256-${'a'.repeat(64)}.sig`, 'x'.repeat(128)])(
    'reads %s',
    (tag) => {
      expect(parseTagName(tag)).toBe(tag);
    },
  );

  it.each(['', '.', '..', '.a', '-a', 'a/b', 'a b', 'a\n', 'a\0', 'ä', 'a+b', 'a%2e', 'x'.repeat(129)])(
    'refuses %j with TAG_INVALID',
    (tag) => {
      expect(outcomeOf(() => parseTagName(tag))).toBe('TAG_INVALID');
    },
  );

  it('takes every text of the grammar [a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}', () => {
    const tail = fc.string({ unit: fc.constantFrom(...HEAD, '.', '-'), maxLength: 127 });
    fc.assert(
      fc.property(fc.constantFrom(...HEAD), tail, (head, rest) => {
        expect(isTagName(head + rest)).toBe(true);
      }),
    );
  });
});

describe('parseReference', () => {
  it('takes a tag for a tag and a digest for a digest', () => {
    expect(parseReference('latest')).toEqual({ kind: 'tag', tag: 'latest' });
    expect(parseReference(SHA256)).toEqual({ kind: 'digest', digest: SHA256 });
    expect(parseReference(SHA512)).toEqual({ kind: 'digest', digest: SHA512 });
  });

  it('calls whatever has a colon a bad digest and anything else a bad tag', () => {
    expect(outcomeOf(() => parseReference('sha256:baddigeststring'))).toBe('DIGEST_INVALID');
    expect(outcomeOf(() => parseReference('latest:'))).toBe('DIGEST_INVALID');
    expect(outcomeOf(() => parseReference('../x'))).toBe('TAG_INVALID');
  });
});

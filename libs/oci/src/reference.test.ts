import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDigest, anyTag } from '../test/arbitraries.js';
import { outcomeOf, SHA256, SHA512 } from '../test/manifest-samples.js';
import { isDigest } from './digest.js';
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

  it('is the tag or the digest that it was given, whatever that is', () => {
    fc.assert(
      fc.property(anyTag, anyDigest, (tag, digest) => {
        expect(parseReference(tag)).toEqual({ kind: 'tag', tag });
        expect(parseReference(digest)).toEqual({ kind: 'digest', digest });
      }),
    );
  });

  it('never takes one for the other, and throws nothing but its two errors', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          anyTag,
          anyDigest.map((digest) => digest.slice(0, -1)),
        ),
        (text) => {
          const outcome = outcomeOf(() => parseReference(text));
          expect(outcome).toBe(
            isTagName(text) || isDigest(text) ? 'ok' : text.includes(':') ? 'DIGEST_INVALID' : 'TAG_INVALID',
          );
        },
      ),
    );
  });

  it('calls whatever has a colon a bad digest and anything else a bad tag', () => {
    expect(outcomeOf(() => parseReference('sha256:baddigeststring'))).toBe('DIGEST_INVALID');
    expect(outcomeOf(() => parseReference('latest:'))).toBe('DIGEST_INVALID');
    expect(outcomeOf(() => parseReference('../x'))).toBe('TAG_INVALID');
  });
});

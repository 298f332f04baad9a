import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyName, anyTag } from '../test/arbitraries.js';
import { formatNextLink, parseNextLink } from './link-header.js';

describe('parseNextLink', () => {
  it.each([
    ['</v2/a/b/tags/list?n=1&last=x>; rel="next"', '/v2/a/b/tags/list?n=1&last=x'],
    ['</x>;rel=next', '/x'],
    ['</x>; title="a; b"; REL="Next"', '/x'],
    ['</1>; rel="prev", </2>; rel="last next"', '/2'],
    ['</1>; rel=prev,</2>; rel=next,</3>; rel=last', '/2'],
  ])('finds it in %s', (header, expected) => {
    expect(parseNextLink(header)).toBe(expected);
  });

  it.each([null, undefined, '', '</x>', '</x>; rel="prev"', '</x>; rel="nextish"', '</x; rel="next"', 'rel="next"'])(
    'finds none in %s',
    (header) => {
      expect(parseNextLink(header)).toBeUndefined();
    },
  );

  it('reads back what formatNextLink wrote: path, place and number, whatever is in them', () => {
    const any = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(anyName, fc.oneof(anyTag, any), fc.nat(), any, (name, last, n, artifactType) => {
        const parameters = { artifactType, last, n: String(n) };
        const target = parseNextLink(formatNextLink(`/v2/${name}/referrers/x`, parameters));
        const url = new URL(target ?? '', 'http://registry');
        expect(url.pathname).toBe(`/v2/${name}/referrers/x`);
        expect(Object.fromEntries(url.searchParams)).toEqual(parameters);
      }),
    );
  });

  it('is one line of printable characters, so that a header can hold it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (last) => {
        expect(formatNextLink('/v2/_catalog', { last })).toMatch(/^[\x21-\x7e ]+$/);
      }),
    );
  });
});

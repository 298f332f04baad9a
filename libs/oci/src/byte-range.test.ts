import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../test/manifest-samples.js';
import { parseContentRange, resolveRange } from './byte-range.js';
import { OciError } from './oci-error.js';

describe('resolveRange', () => {
  // P4 and security.md 5.14; a blob of 4000 bytes.
  it.each<[string, string, [number, number]]>([
    ['a part', 'bytes=500-1499', [500, 1499]],
    ['the first byte', 'bytes=0-0', [0, 0]],
    ['the last byte', 'bytes=3999-3999', [3999, 3999]],
    ['an open end', 'bytes=500-', [500, 3999]],
    ['everything', 'bytes=0-', [0, 3999]],
    ['a suffix', 'bytes=-500', [3500, 3999]],
    ['a suffix longer than the blob', 'bytes=-5000', [0, 3999]],
    ['an end past the end', 'bytes=2000-5000', [2000, 3999]],
    ['an end beyond all numbers', `bytes=2000-${'9'.repeat(400)}`, [2000, 3999]],
    ['blanks around it', ' bytes=1-2 ', [1, 2]],
  ])('resolves %s', (_, header, [first, last]) => {
    expect(resolveRange(header, 4000)).toEqual({ first, last });
  });

  it.each([
    ['past the end', 'bytes=5000-10000', 4000],
    ['the byte after the last', 'bytes=4000-', 4000],
    ['the end before the start (trap 2)', 'bytes=500-0', 4000],
    ['an empty suffix', 'bytes=-0', 4000],
    ['a start beyond all numbers', `bytes=${'9'.repeat(400)}-`, 4000],
    ['the first byte of nothing', 'bytes=0-0', 0],
    ['everything of nothing', 'bytes=0-', 0],
    ['a suffix of nothing', 'bytes=-1', 0],
  ])('answers 416 with the size for %s (P4)', (_, header, size) => {
    expect(() => resolveRange(header, size)).toThrow(
      expect.objectContaining({ code: 'RANGE_INVALID', status: 416, headers: { 'Content-Range': `bytes */${size}` } }),
    );
  });

  it.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['several ranges', 'bytes=0-0,1-1'],
    ['a thousand ranges', `bytes=${Array.from({ length: 1000 }, (_, at) => `${at}-${at}`).join(',')}`],
    ['another unit', 'items=0-1'],
    ['neither first nor last', 'bytes=-'],
    ['no equals sign', 'bytes 0-1'],
    ['a negative first byte', 'bytes=-1-2'],
    ['digits of another script', 'bytes=١-٢'],
    ['hexadecimal', 'bytes=0x1-0x2'],
  ])('serves the whole blob for %s (RFC 9110, 14.2)', (_, header) => {
    expect(resolveRange(header, 4000)).toBeUndefined();
  });

  it('is what slicing the blob gives, for every range that can be met', () => {
    const size = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(size, fc.nat({ max: 60 }), fc.option(fc.nat({ max: 60 }), { nil: undefined }), (length, one, two) => {
        const blob = Buffer.from(Array.from({ length }, (_, at) => at));
        const cut = (range: ReturnType<typeof resolveRange>) => blob.subarray(range?.first, (range?.last ?? 0) + 1);
        const [first, last] = two === undefined ? [one, undefined] : [Math.min(one, two), Math.max(one, two)];
        if (first < length) {
          const expected = blob.subarray(first, last === undefined ? undefined : last + 1);
          expect(cut(resolveRange(`bytes=${first}-${last ?? ''}`, length)).equals(expected)).toBe(true);
        }
        if (one > 0) expect(cut(resolveRange(`bytes=-${one}`, length)).equals(blob.subarray(-one))).toBe(true);
      }),
    );
  });

  it('never leaves the blob', () => {
    const bound = fc.option(fc.nat({ max: 40 }), { nil: undefined });
    fc.assert(
      fc.property(bound, bound, fc.nat({ max: 30 }), (first, last, size) => {
        let range: ReturnType<typeof resolveRange>;
        try {
          range = resolveRange(`bytes=${first ?? ''}-${last ?? ''}`, size);
        } catch (error) {
          expect(error).toBeInstanceOf(OciError);
          return;
        }
        if (range) expect(0 <= range.first && range.first <= range.last && range.last < size).toBe(true);
      }),
    );
  });
});

describe('parseContentRange', () => {
  // distribution-spec writes `<start>-<end>`; distribution#4892 knows clients that write more.
  it.each([
    ['0-9', 0, 9],
    ['10-10', 10, 10],
    ['bytes 0-9/10', 0, 9],
    ['bytes 0-9/*', 0, 9],
    ['bytes=0-9', 0, 9],
    [' 5-6 ', 5, 6],
    ['0-999999999999999', 0, 999_999_999_999_999],
  ])('reads %s', (header, first, last) => {
    expect(parseContentRange(header)).toEqual({ first, last });
  });

  // security.md 5.6
  it.each([
    '',
    '-',
    '5-3',
    '-5',
    '0-',
    'x-y',
    '0-9-12',
    '0,9',
    '0-1000000000000000000',
    '1e18-2e18',
    '-1-5',
    '٠-٩',
    'bytes */10',
    'octets 0-9',
    '0-9/',
    '0-9/x',
  ])('refuses %j with BLOB_UPLOAD_INVALID', (header) => {
    expect(outcomeOf(() => parseContentRange(header))).toBe('BLOB_UPLOAD_INVALID');
  });

  it('reads every range in each of its spellings, and none that ends before it starts', () => {
    const spell = fc.constantFrom<(range: string) => string>(
      (range) => range,
      (range) => `bytes ${range}/*`,
      (range) => `bytes=${range}`,
      (range) => ` ${range}\t`,
    );
    const number = fc.nat({ max: 999_999_999 });
    fc.assert(
      fc.property(number, number, spell, (first, length, spelled) => {
        expect(parseContentRange(spelled(`${first}-${first + length}`))).toEqual({ first, last: first + length });
        const reversed = spelled(`${first + length + 1}-${first}`);
        expect(outcomeOf(() => parseContentRange(reversed))).toBe('BLOB_UPLOAD_INVALID');
      }),
    );
  });
});

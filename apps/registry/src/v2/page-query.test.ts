import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePageQuery } from './page-query.js';

describe('parsePageQuery', () => {
  it('is a hundred from the beginning unless it is told otherwise', () => {
    expect(parsePageQuery({})).toEqual({ limit: 100, last: '' });
  });

  it('takes every number of results, up to a thousand at a time (CVE-2023-2253)', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(), fc.nat({ max: 2000 })), fc.string({ maxLength: 300 }), (n, last) => {
        expect(parsePageQuery({ n: String(n), last })).toEqual({ limit: Math.min(n, 1000), last });
      }),
    );
  });

  it('refuses whatever is not digits, and lets no other error out', () => {
    const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(null), fc.float(), fc.object());
    fc.assert(
      fc.property(value, value, (n, last) => {
        const isNumber = typeof n === 'string' && /^[0-9]{1,19}$/.test(n);
        const ask = () => parsePageQuery({ n, last });
        if (isNumber) expect(ask().limit).toBeLessThanOrEqual(1000);
        else expect(ask).toThrow(expect.objectContaining({ code: 'PAGINATION_NUMBER_INVALID' }));
      }),
    );
  });

  it.each(['-1', '1e3', '0x10', ' 1', '1 ', '1.0', '', '٣', '1'.repeat(20), '9'.repeat(65_536)])(
    'refuses n=%.20s',
    (n) => {
      expect(() => parsePageQuery({ n })).toThrow(expect.objectContaining({ code: 'PAGINATION_NUMBER_INVALID' }));
    },
  );
});

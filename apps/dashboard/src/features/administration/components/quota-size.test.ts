import { describe, expect, test } from 'vitest';
import { toQuotaBytes, toQuotaSize } from './quota-size';

describe('a quota', () => {
  test.each([
    [10 * 2 ** 30, '10', 'GiB'],
    [1.5 * 2 ** 40, '1.5', 'TiB'],
    [512 * 2 ** 20, '512', 'MiB'],
    [2 ** 30 + 2 ** 20, '1025', 'MiB'],
    [0, '0', 'MiB'],
  ] as const)('of %i bytes is %s %s, and back', (bytes, amount, unit) => {
    expect(toQuotaSize(bytes)).toEqual({ amount, unit });
    expect(toQuotaBytes({ amount, unit })).toBe(bytes);
  });

  test.each(['', '-1', '1e3', 'ten', '1.234', '9'.repeat(10)])('%j is none', (amount) => {
    expect(toQuotaBytes({ amount, unit: 'GiB' })).toBeUndefined();
  });

  test('is written with a comma as well', () => {
    expect(toQuotaBytes({ amount: ' 0,5 ', unit: 'GiB' })).toBe(2 ** 29);
  });
});

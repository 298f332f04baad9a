import { describe, expect, it } from 'vitest';
import { quotaWarning } from './quota-warning.js';

const warningAt = (usedBytes: number, limitBytes = 1000, reservedBytes = 0) =>
  quotaWarning({ namespace: 'acme', usedBytes, reservedBytes, limitBytes, page: 'https://registry.example/n/acme' });

describe('quotaWarning', () => {
  it('says how full the namespace is, of how much, and where to look (P28)', () => {
    expect(warningAt(9 * 1024 ** 3, 10 * 1024 ** 3)).toBe(
      'namespace acme uses 90 % of its 10.0 GiB; delete what is not needed or ask for more: https://registry.example/n/acme',
    );
  });

  it.each([
    [0, undefined],
    [799, undefined],
    [800, '80 %'],
    [999, '99 %'],
    [1000, '100 %'],
    [1500, '100 %'],
  ])('of %i of 1000 bytes is %s', (used, expected) => {
    expect(warningAt(used)?.match(/\d+ %/)?.[0]).toBe(expected);
  });

  it('counts what open uploads have reserved, and takes a limit of nothing for full', () => {
    expect(warningAt(500, 1000, 350)).toContain('85 %');
    expect(warningAt(0, 0)).toContain('100 %');
  });
});

import { QuotaExceededError } from '@stowage/metadata';
import { describe, expect, it } from 'vitest';
import { formatBytes, translateQuota } from './quota-errors.js';

describe('translateQuota', () => {
  it('says who is full, how full, what was needed and where to look', () => {
    const error = new QuotaExceededError({ usedBytes: 1024, reservedBytes: 512, limitBytes: 2048 }, 1000);
    expect(translateQuota(error, 'acme', 'https://x/usage')).toMatchObject({
      code: 'DENIED',
      status: 403,
      message:
        'namespace acme is out of storage: 1.5 KiB of 2.0 KiB used, this needs 1000 bytes more. Delete what is not needed or ask for more: https://x/usage',
      detail: { usedBytes: 1024, reservedBytes: 512, limitBytes: 2048, neededBytes: 1000 },
    });
  });

  it('leaves every other error as it is', () => {
    const error = new Error('other');
    expect(translateQuota(error, 'acme', 'x')).toBe(error);
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1024, '1.0 KiB'],
    [1024 ** 2, '1.0 MiB'],
    [1.5 * 1024 ** 3, '1.5 GiB'],
    [1024 ** 5, '1024.0 TiB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

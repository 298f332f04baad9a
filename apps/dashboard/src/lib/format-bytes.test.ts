import { describe, expect, it } from 'vitest';
import { formatBytes } from './format-bytes';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [1024 * 1024 - 1, '1 MiB'],
    [24.34 * 1024 ** 2, '24.3 MiB'],
    [512 * 1024 ** 2, '512 MiB'],
    [10 * 1024 ** 3, '10 GiB'],
    [5 * 1024 ** 6, '5120 PiB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('never writes a negative size', () => {
    expect(formatBytes(-1)).toBe('0 B');
  });
});

import { describe, expect, it } from 'vitest';
import { MAX_PARTS, nextPart, partAt } from './part-sizes.js';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

describe('the parts of an upload', () => {
  it.each([
    { what: 'the first byte', offset: 0, number: 1, size: 5 },
    { what: 'the last byte of the first part', offset: 5 * MIB - 1, number: 1, size: 5 },
    { what: 'the first byte of the second', offset: 5 * MIB, number: 2, size: 5 },
    { what: '1 GiB', offset: GIB, number: 205, size: 5 },
    { what: 'the last part of the first size', offset: 5_000 * MIB - 1, number: 1_000, size: 5 },
    { what: 'the first part of the second size', offset: 5_000 * MIB, number: 1_001, size: 10 },
    { what: '10 GiB', offset: 10 * GIB, number: 1_525, size: 10 },
    { what: '50 GiB', offset: 50 * GIB, number: 3_406, size: 40 },
    { what: '100 GiB', offset: 100 * GIB, number: 4_343, size: 80 },
    { what: '200 GiB', offset: 200 * GIB, number: 5_312, size: 160 },
    { what: '1 TiB', offset: 1024 * GIB, number: 7_647, size: 640 },
    { what: 'the last byte', offset: 5_115_000 * MIB - 1, number: 10_000, size: 2_560 },
  ])('hold $what in part $number of $size MiB', ({ offset, number, size }) => {
    const part = partAt(offset);
    expect(part).toMatchObject({ number, size: size * MIB });
    expect(part.start).toBeLessThanOrEqual(offset);
    expect(part.start + part.size).toBeGreaterThan(offset);
  });

  it('follow each other without a gap, each as large as S3 demands', () => {
    let part = partAt(0);
    for (let number = 2; number <= 10_000; number += 1) {
      const next = nextPart(part);
      expect(next.number).toBe(number);
      expect(next.start).toBe(part.start + part.size);
      expect(next.size).toBeGreaterThanOrEqual(part.size);
      part = next;
    }
  });

  it('end where S3 has no more', () => {
    expect(partAt(5_115_000 * MIB).number).toBe(MAX_PARTS + 1);
  });
});

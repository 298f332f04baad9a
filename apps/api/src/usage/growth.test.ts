import { describe, expect, it } from 'vitest';
import { fullOn, growthPerDay } from './growth.js';

const TODAY = new Date('2026-11-21T12:00:00Z');
const before = (days: number) => new Date(TODAY.getTime() - days * 86_400_000).toISOString().slice(0, 10);
const grown = (days: readonly number[], bytesOn: (day: number) => number) =>
  days.map((day) => ({ day: before(day), usedBytes: bytesOn(day) }));

describe('growth', () => {
  it('is what a line through the samples says, also with days missing', () => {
    expect(
      growthPerDay(
        grown([9, 6, 5, 1, 0], (day) => 5000 - 100 * day),
        TODAY,
      ),
    ).toBe(100);
    expect(
      growthPerDay(
        grown([3, 2, 1, 0], () => 7),
        TODAY,
      ),
    ).toBe(0);
    expect(
      growthPerDay(
        grown([2, 1, 0], (day) => 10 * day),
        TODAY,
      ),
    ).toBe(-10);
  });

  it('is not known from two samples, and looks at thirty days', () => {
    expect(
      growthPerDay(
        grown([1, 0], (day) => 10 - day),
        TODAY,
      ),
    ).toBeNull();
    const jumpLongAgo = [...grown([80, 60], () => 0), ...grown([2, 1, 0], () => 1000)];
    expect(growthPerDay(jumpLongAgo, TODAY)).toBe(0);
  });
});

describe('the day of a full storage', () => {
  const usage = (usedBytes: number, limitBytes: number | null) => ({ usedBytes, limitBytes, reservedBytes: 0 });

  it.each([
    ['after what is left has grown', usage(500, 1000), 100, '2026-11-26'],
    ['today when nothing is left', usage(1000, 1000), null, '2026-11-21'],
    ['never without a limit', usage(500, null), 100, null],
    ['never when it shrinks', usage(500, 1000), -1, null],
    ['not known without growth', usage(500, 1000), null, null],
    ['not within ten years', usage(500, 1e9), 1, null],
  ])('is %s', (_, summary, growth, day) => {
    expect(fullOn(summary, growth, TODAY)).toBe(day);
  });
});

import type { Usage } from '@stowage/contracts';
import { describe, expect, it } from 'vitest';
import { fullness, usageParts } from './usage-parts';

const usage = (over: Partial<Usage>) =>
  ({ usedBytes: 0, reservedBytes: 0, limitBytes: 1000, trashBytes: 0, unusedBytes: 0, ...over }) as Usage;

describe('the parts of the usage', () => {
  it('add up to what is charged and set aside', () => {
    const parts = usageParts(usage({ usedBytes: 700, trashBytes: 200, unusedBytes: 100, reservedBytes: 50 }));
    expect(parts.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['stored', 400],
      ['trash', 200],
      ['unused', 100],
      ['reserved', 50],
    ]);
  });

  it('leave out what is nothing', () => {
    expect(usageParts(usage({})).map(({ name }) => name)).toEqual(['stored']);
  });
});

describe('fullness', () => {
  it.each([
    [799, 1000, undefined],
    [800, 1000, 80],
    [900, 1000, 90],
    [1000, 1000, 'full'],
    [0, 0, 'full'],
    [5000, null, undefined],
  ] as const)('of %d of %s is %s', (usedBytes, limitBytes, state) => {
    expect(fullness(usage({ usedBytes, limitBytes }))).toBe(state);
  });
});

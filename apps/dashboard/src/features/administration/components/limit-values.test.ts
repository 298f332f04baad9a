import { describe, expect, it } from 'vitest';
import { fromLimitValue, limitErrors, limitText, mapLimits, toLimitValues } from './limit-values';

const GIB = 2 ** 30;
const LIMITS = { storageBytes: 10 * GIB, layerBytes: null, privateRepositories: 3, members: null, robots: 0 };

describe('limits in a form', () => {
  it('come out as they went in', () => {
    const values = toLimitValues(LIMITS);
    expect(mapLimits((name) => fromLimitValue(name, values[name]))).toEqual(LIMITS);
    expect(limitErrors(values)).toEqual({});
  });

  it('that are the plan’s stay the plan’s, and show what that is', () => {
    const values = toLimitValues(LIMITS, ['storageBytes']);
    expect(mapLimits((name) => fromLimitValue(name, values[name]))).toEqual({
      ...mapLimits(() => 'plan'),
      storageBytes: 10 * GIB,
    });
    expect(values.privateRepositories).toMatchObject({ mode: 'plan', amount: '3' });
  });

  it('are refused where they are no limit', () => {
    const values = mapLimits(() => ({ mode: 'own', amount: 'lots', unit: 'GiB' }) as const);
    expect(Object.keys(limitErrors(values))).toHaveLength(5);
    expect(limitErrors({ ...toLimitValues(LIMITS), members: { mode: 'own', amount: '0', unit: 'GiB' } })).toEqual({
      members: 'A number, 1 or more',
    });
  });

  it.each([
    ['storageBytes', 10 * GIB, '10 GiB'],
    ['members', 25, '25'],
    ['robots', null, 'unlimited'],
  ] as const)('%s %s is %s for people', (name, limit, text) => {
    expect(limitText(name, limit)).toBe(text);
  });
});

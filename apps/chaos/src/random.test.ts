import { describe, expect, test } from 'vitest';
import { Random } from './random.js';

const drawn = (random: Random) => Array.from({ length: 20 }, () => random.between(0, 999));

describe('random numbers', () => {
  test('are the same for a seed and a path, and others for any other', () => {
    expect(drawn(new Random(7, 'client', 1))).toEqual(drawn(new Random(7, 'client', 1)));
    expect(drawn(new Random(7, 'client', 1))).not.toEqual(drawn(new Random(7, 'client', 2)));
    expect(drawn(new Random(7, 'client', 1))).not.toEqual(drawn(new Random(8, 'client', 1)));
  });

  test('stay within their ends and reach both', () => {
    const random = new Random(1, 'ends');
    const seen = new Set(Array.from({ length: 500 }, () => random.between(3, 6)));
    expect(seen).toEqual(new Set([3, 4, 5, 6]));
  });

  test('follow weights, and never pick what weighs nothing', () => {
    const random = new Random(1, 'weights');
    const picked = Array.from({ length: 1_000 }, () => random.weighted({ often: 9, rarely: 1, never: 0 }));
    const often = picked.filter((key) => key === 'often').length;
    expect(often).toBeGreaterThan(800);
    expect(often).toBeLessThan(1_000);
    expect(picked).not.toContain('never');
  });

  test('sample different ones', () => {
    const sampled = new Random(1, 'sample').sample([1, 2, 3, 4], 3);
    expect(new Set(sampled).size).toBe(3);
    expect(new Random(1, 'sample').sample([1, 2], 9)).toHaveLength(2);
  });

  test('make bytes that look like noise', () => {
    const bytes = new Random(1, 'bytes').bytes(100_001);
    expect(bytes.length).toBe(100_001);
    const mean = bytes.reduce((sum, byte) => sum + byte, 0) / bytes.length;
    expect(Math.abs(mean - 127.5)).toBeLessThan(2);
  });
});

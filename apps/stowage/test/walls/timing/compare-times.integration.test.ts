import { PasswordHasher } from '@stowage/auth';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareTimes } from './compare-times.js';
import { rankShare } from './rank-share.js';

describe('the rank share', () => {
  it('is one half for samples that nothing tells apart', () => {
    expect(rankShare([1, 2, 3, 4], [4, 3, 2, 1])).toBe(0.5);
    expect(rankShare([7], [7])).toBe(0.5);
  });

  it('is at an end for samples that never overlap', () => {
    expect(rankShare([11, 12], [1, 2, 3])).toBe(1);
    expect(rankShare([1, 2, 3], [11, 12])).toBe(0);
  });

  it('counts a pause of the machine once, however long', () => {
    expect(rankShare([1, 3, 1_000_000], [2, 4, 5])).toBeCloseTo(4 / 9);
  });

  it('says nothing about nothing', () => {
    expect(() => rankShare([], [1])).toThrow('nothing to compare');
  });
});

// 4.6: a difference that somebody could measure is one that this measures.
describe('the comparison of times', () => {
  const hasher = new PasswordHasher();
  let hash: string;
  beforeAll(async () => {
    hash = await hasher.hash('correct horse battery');
  });
  const work = () => hasher.verify(hash, 'another horse');
  const nothing = async () => undefined;
  const few = { rounds: 12, attempts: 3, bound: 0.3 };

  it('tells when only what is there costs a password hash', async () => {
    expect(await compareTimes({ there: work, missing: nothing }, few)).toEqual({ tells: true, share: 1 });
  });

  it('tells when only what is missing costs one', async () => {
    expect(await compareTimes({ there: nothing, missing: work }, few)).toEqual({ tells: true, share: 0 });
  });

  it('does not when both do', async () => {
    expect(await compareTimes({ there: work, missing: work }, few)).toMatchObject({ tells: false });
  });

  it('asks for both kinds in turns, and never twice with one number', async () => {
    const asked: string[] = [];
    const ask = (kind: string) => async (round: number) => asked.push(`${kind}${round}`);
    await compareTimes({ there: ask('t'), missing: ask('m') }, { rounds: 3, attempts: 1, bound: 0.5 });
    expect(asked).toEqual(['t0', 'm0', 'm1', 't1', 't2', 'm2']);
  });
});

import type { AccessToken, Repository } from '@stowage/contracts';
import { describe, expect, it } from 'vitest';
import { baselineOf, progressOf } from './progress';

const T1 = '2026-11-21T10:00:00Z';
const T2 = '2026-11-21T11:00:00Z';
const token = (id: string, lastUsedAt: string | null) => ({ id, lastUsedAt }) as AccessToken;
const repository = (name: string, tagCount: number, lastPushedAt: string | null) =>
  ({ name, tagCount, lastPushedAt }) as Repository;

describe('progressOf', () => {
  const before = baselineOf({ tokens: [token('old', T1)], repositories: [] });

  it('has seen nothing of an old token and an empty repository', () => {
    expect(
      progressOf({ tokens: [token('old', T1)], repositories: [repository('app', 0, null)] }, before, undefined),
    ).toEqual({
      loggedIn: false,
      arrived: undefined,
    });
  });

  it('sees the login of the token made here and of any other used since', () => {
    expect(progressOf({ tokens: [token('new', T1)], repositories: [] }, before, 'new').loggedIn).toBe(true);
    expect(progressOf({ tokens: [token('old', T2)], repositories: [] }, before, undefined).loggedIn).toBe(true);
  });

  it('takes the only repository for the first push', () => {
    const seen = { tokens: [], repositories: [repository('app', 1, T1)] };
    expect(progressOf(seen, baselineOf(seen), undefined)).toMatchObject({ loggedIn: true, arrived: { name: 'app' } });
  });

  it('wants a newer push where there were several', () => {
    const seen = { tokens: [], repositories: [repository('a', 1, T1), repository('b', 1, T1)] };
    expect(progressOf(seen, baselineOf(seen), undefined).arrived).toBeUndefined();
    expect(
      progressOf(
        { tokens: [], repositories: [...seen.repositories, repository('c', 1, T2)] },
        baselineOf(seen),
        undefined,
      ).arrived?.name,
    ).toBe('c');
  });
});

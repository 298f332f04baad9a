import { describe, expect, it } from 'vitest';
import { forgetRateLimits, RateLimitedError, RateLimiter } from '../src/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const LIMIT = { name: 'test', points: 5, seconds: 3600 };

async function isRefused(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => false,
    (error: unknown) => {
      if (error instanceof RateLimitedError) return true;
      throw error;
    },
  );
}

describe('a rate limit', () => {
  it('counts what all replicas see, and lets no more through than it has points', async () => {
    const replicas = Array.from({ length: 4 }, () => new RateLimiter(opened.database, LIMIT));
    const refused = await Promise.all(
      Array.from({ length: 20 }, (_, index) => isRefused(replicas[index % 4]!.consume('all-at-once'))),
    );
    expect(refused.filter((isOne) => !isOne)).toHaveLength(LIMIT.points);
  });

  it('says how much is left, and when all of it is there again', async () => {
    const limiter = new RateLimiter(opened.database, LIMIT);
    expect(await limiter.consume('standing')).toMatchObject({ limit: LIMIT, remaining: 4 });
    const standing = await limiter.consume('standing', 2);
    expect(standing.remaining).toBe(2);
    expect(standing.resetSeconds).toBeGreaterThan(3000);
    expect(standing.resetSeconds).toBeLessThanOrEqual(3600);
    const error = await limiter.consume('standing', 3).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateLimitedError);
    expect((error as RateLimitedError).retryAfterSeconds).toBeGreaterThan(3000);
  });

  it('keeps keys and limits apart', async () => {
    const limiter = new RateLimiter(opened.database, LIMIT);
    const other = new RateLimiter(opened.database, { ...LIMIT, name: 'other' });
    await limiter.consume('alice', 5);
    expect(await isRefused(limiter.consume('alice'))).toBe(true);
    expect(await isRefused(limiter.consume('bob'))).toBe(false);
    expect(await isRefused(other.consume('alice'))).toBe(false);
  });

  it('can be looked at without being used, and given back', async () => {
    const limiter = new RateLimiter(opened.database, LIMIT);
    await limiter.check('carol');
    await limiter.consume('carol', 5);
    expect(await isRefused(limiter.check('carol'))).toBe(true);
    expect(await isRefused(limiter.consume('carol'))).toBe(true);
    await limiter.reset('carol');
    await limiter.check('carol');
    expect(await isRefused(limiter.consume('carol'))).toBe(false);
  });

  it('keeps no key in clear, and no counter longer than its time', async () => {
    const over = new RateLimiter(opened.database, { name: 'over', points: 5, seconds: 1 });
    await over.consume('192.0.2.7');
    const keys = await opened.database.prepared<{ key: string }>('test_keys', 'SELECT key FROM rate_limit', []);
    expect(keys.some(({ key }) => key.startsWith('over:'))).toBe(true);
    expect(JSON.stringify(keys)).not.toContain('192.0.2.7');
    await opened.database.prepared('test_past', `UPDATE rate_limit SET expire = 1 WHERE starts_with(key, 'over:')`, []);
    expect(await forgetRateLimits(opened.database)).toBe(1);
  });
});

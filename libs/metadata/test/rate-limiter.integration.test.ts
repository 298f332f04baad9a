import { describe, expect, it, vi } from 'vitest';
import { hashedKey, type RateLimit, RateLimitedError, RateLimiter } from '../src/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();

/** Five an hour, of its own name. */
function aLimit(counted: string, limit: Partial<RateLimit> = {}): RateLimit {
  return { key: hashedKey('test', [counted]), max: 5, windowSeconds: 3600, ...limit };
}

async function isRefused(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => false,
    (error: unknown) => {
      if (error instanceof RateLimitedError) return true;
      throw error;
    },
  );
}

async function useUp(limiter: RateLimiter, limit: RateLimit): Promise<void> {
  for (let used = 0; used < limit.max; used += 1) await limiter.consume(limit);
}

const endAll = () => opened.database.run((db) => db.$executeRaw`UPDATE rate_window SET ends_at = now()`);

describe('a rate limit', () => {
  it('counts what all replicas see, and lets no more through than it allows', async () => {
    const replicas = Array.from({ length: 4 }, () => new RateLimiter(opened.database));
    const limit = aLimit('all at once');
    const refused = await Promise.all(
      Array.from({ length: 20 }, (_, index) => isRefused(replicas[index % 4]!.consume(limit))),
    );
    expect(refused.filter((isOne) => !isOne)).toHaveLength(limit.max);
  });

  it('says how often it was, and when the window is over', async () => {
    const [limiter, limit] = [new RateLimiter(opened.database), aLimit('standing')];
    expect(await limiter.consume(limit)).toMatchObject({ limit, count: 1 });
    const standing = await limiter.consume(limit);
    expect(standing.count).toBe(2);
    expect(standing.endsInSeconds).toBeGreaterThan(3000);
    expect(standing.endsInSeconds).toBeLessThanOrEqual(3600);
    for (const replica of [limiter, new RateLimiter(opened.database)]) {
      for (let more = 0; more < 3; more += 1) await replica.consume(limit).catch(() => undefined);
      const error = await replica.consume(limit).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RateLimitedError);
      expect((error as RateLimitedError).standing.count).toBeGreaterThan(limit.max);
      expect((error as RateLimitedError).retryAfterSeconds).toBeGreaterThan(3000);
      expect((error as RateLimitedError).retryAfterSeconds).toBeLessThanOrEqual(3600);
    }
  });

  it('keeps keys and limits apart, also those that are counted together', async () => {
    const limiter = new RateLimiter(opened.database);
    const [alice, bob] = [aLimit('alice'), aLimit('bob')];
    const other = aLimit('', { key: hashedKey('other', ['alice']) });
    await useUp(limiter, alice);
    expect(await isRefused(limiter.consume(alice))).toBe(true);
    expect(await isRefused(limiter.consume(bob))).toBe(false);
    expect(await isRefused(limiter.consume(other))).toBe(false);
    const counts = (await limiter.count([bob, other, alice])).map(({ limit, count }) => [limit.key, count]);
    expect(Object.fromEntries(counts)).toEqual({ [alice.key]: 6, [bob.key]: 2, [other.key]: 2 });
  });

  it('can be looked at without being used, and given back', async () => {
    const [limiter, limit] = [new RateLimiter(opened.database), aLimit('carol')];
    expect(await limiter.read([limit])).toEqual([]);
    await useUp(limiter, limit);
    expect(await limiter.read([limit, aLimit('nobody')])).toMatchObject([{ limit, count: 5 }]);
    expect(await isRefused(limiter.consume(limit))).toBe(true);
    await limiter.forget([limit]);
    expect(await limiter.read([limit])).toEqual([]);
    expect(await isRefused(limiter.consume(limit))).toBe(false);
  });

  it('asks Postgres nothing more once it was found full, by whichever replica', async () => {
    const [limiter, limit] = [new RateLimiter(opened.database), aLimit('flood')];
    await useUp(limiter, limit);
    const late = new RateLimiter(opened.database);
    expect(await isRefused(late.consume(limit))).toBe(true);
    const asked = vi.spyOn(opened.database, 'prepared');
    for (const replica of [limiter, late]) {
      expect(replica.isKnownFull([aLimit('another'), limit])).toBe(true);
      for (let more = 0; more < 10; more += 1) expect(await isRefused(replica.consume(limit))).toBe(true);
    }
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
    expect(await limiter.read([limit])).toMatchObject([{ count: 6 }]);
  });

  it('begins again when its window is over', async () => {
    const limit = aLimit('again');
    await useUp(new RateLimiter(opened.database), limit);
    await endAll();
    const limiter = new RateLimiter(opened.database);
    expect(await limiter.read([limit])).toEqual([]);
    expect(await limiter.consume(limit)).toMatchObject({ count: 1 });
  });

  it('keeps no counted thing in clear, and no counter longer than its time', async () => {
    const limiter = new RateLimiter(opened.database);
    await endAll();
    await limiter.deleteEnded();
    await limiter.consume(aLimit('192.0.2.7'));
    const rows = () => opened.database.prepared<{ key: string }>('test_keys', 'SELECT key FROM rate_window', []);
    expect(await rows()).toEqual([{ key: expect.stringMatching(/^test:[\w-]{22}$/) }]);
    expect(await limiter.deleteEnded()).toBe(0);
    await endAll();
    expect(await limiter.deleteEnded()).toBe(1);
  });
});

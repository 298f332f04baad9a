import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../database.js';

export interface RateLimit {
  /** Part of every key, so that limits don't count for each other. */
  readonly name: string;
  /** So many in `seconds` from the first of them on. */
  readonly points: number;
  readonly seconds: number;
}

/** Where a key stands. */
export interface RateLimitStanding {
  readonly limit: RateLimit;
  readonly remaining: number;
  /** Whole seconds until all points are there again; at least 1. */
  readonly resetSeconds: number;
}

/** There are no points left: answered with 429 and `Retry-After`. */
export class RateLimitedError extends Error {
  override name = 'RateLimitedError';

  constructor(readonly standing: RateLimitStanding) {
    super(`Too many requests. Try again in ${standing.resetSeconds} seconds.`);
  }

  get retryAfterSeconds(): number {
    return this.standing.resetSeconds;
  }
}

/**
 * Counts what callers do, together with every other replica. A key is kept as its hash: it may be an address or a name.
 * A key that is out of points is refused from memory until its time, so that a flood costs no queries.
 */
export class RateLimiter {
  readonly #points: RateLimiterPostgres;

  constructor(
    database: Database,
    readonly limit: RateLimit,
  ) {
    this.#points = new RateLimiterPostgres({
      storeClient: clientOf(database),
      storeType: 'client',
      tableName: 'rate_limit',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: limit.name,
      points: limit.points,
      duration: limit.seconds,
      inMemoryBlockOnConsumed: limit.points + 1,
    });
  }

  /** Takes points. Throws `RateLimitedError` when there are too few. */
  async consume(key: string, points = 1): Promise<RateLimitStanding> {
    try {
      return this.#standing(await this.#points.consume(hashed(key), points));
    } catch (error) {
      if (error instanceof RateLimiterRes) throw new RateLimitedError(this.#standing(error));
      throw error;
    }
  }

  /** Looks without taking. Throws `RateLimitedError` when nothing is left. */
  async check(key: string): Promise<void> {
    const result = await this.#points.get(hashed(key));
    if (result && result.remainingPoints <= 0) throw new RateLimitedError(this.#standing(result));
  }

  /** Gives all points back. */
  async reset(key: string): Promise<void> {
    await this.#points.delete(hashed(key));
  }

  #standing({ remainingPoints, msBeforeNext }: RateLimiterRes): RateLimitStanding {
    const resetSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
    return { limit: this.limit, remaining: Math.max(0, remainingPoints), resetSeconds };
  }
}

/** Counters whose time is over. Returns how many. */
export async function forgetRateLimits(database: Database): Promise<number> {
  return database.run((db) => db.$executeRaw`DELETE FROM rate_limit WHERE expire < ${BigInt(Date.now())}`);
}

/** What the limiter asks of a connection: prepared statements by name, run on our pool with our errors. */
function clientOf(database: Database) {
  return {
    query: async ({ name, text, values }: { name: string; text: string; values: unknown[] }) => {
      const rows = await database.prepared<Record<string, unknown>>(name, text, values);
      return { rows, rowCount: rows.length };
    },
  };
}

function hashed(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

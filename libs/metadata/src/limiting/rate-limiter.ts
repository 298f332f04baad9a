import { LRUCache } from 'lru-cache';
import type { Database } from '../database.js';
import { type RateLimit, RateLimitedError, type RateStanding } from './rate-limit.js';

const MAX_REMEMBERED = 20_000;

interface WindowRow {
  readonly key: string;
  readonly count: number;
  readonly endsInSeconds: number;
}

const COLUMNS = `key, count, greatest(1, ceil(extract(epoch FROM ends_at - now())))::int AS "endsInSeconds"`;

/** In one order for all, so that two that count the same keys can't wait for each other. */
const COUNT = `
  INSERT INTO rate_window AS w (key, count, ends_at)
  SELECT asked.key, 1, now() + make_interval(secs => asked.seconds)
  FROM unnest($1::text[], $2::int[]) AS asked (key, seconds) ORDER BY asked.key
  ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN w.ends_at > now() THEN w.count + 1 ELSE 1 END,
    ends_at = CASE WHEN w.ends_at > now() THEN w.ends_at ELSE excluded.ends_at END
  RETURNING ${COLUMNS}`;

/**
 * Counts what is limited, together with every other replica, by the database's clock. Cross-tenant. A limit that was found
 * full is remembered until its window is over, so that `consume` and whoever asks `isKnownFull` send no query in a flood.
 */
export class RateLimiter {
  readonly #full = new LRUCache<string, RateStanding>({ max: MAX_REMEMBERED });

  constructor(private readonly database: Database) {}

  /** Those that have counted anything in a window that is still open, in no order. */
  async read(limits: readonly RateLimit[]): Promise<RateStanding[]> {
    const rows = await this.database.prepared<WindowRow>(
      'rate_window_read',
      `SELECT ${COLUMNS} FROM rate_window WHERE key = ANY($1) AND ends_at > now()`,
      [keysOf(limits)],
    );
    return standings(rows, limits);
  }

  /** Counts one of each, above the limit too; the counts include it. In no order. */
  async count(limits: readonly RateLimit[]): Promise<RateStanding[]> {
    const seconds = limits.map(({ windowSeconds }) => windowSeconds);
    const rows = await this.database.changed<WindowRow>('rate_window_count', COUNT, [keysOf(limits), seconds]);
    const counted = standings(rows, limits);
    for (const standing of counted) this.#remember(standing);
    return counted;
  }

  /** Counts one. Throws `RateLimitedError` when the limit was full already. */
  async consume(limit: RateLimit): Promise<RateStanding> {
    const standing = this.#known(limit) ?? (await this.count([limit]))[0];
    if (!standing) throw new Error('a counter has no row');
    if (standing.count > limit.max) throw new RateLimitedError(standing);
    return standing;
  }

  /** Whether this process has seen one of them full in the window that is open. No query. */
  isKnownFull(limits: readonly RateLimit[]): boolean {
    return limits.some(({ key }) => this.#full.has(key));
  }

  /** Forgives what was counted. Replicas that remember a limit as full do so until its window is over. */
  async forget(limits: readonly RateLimit[]): Promise<void> {
    for (const { key } of limits) this.#full.delete(key);
    await this.database.changed('rate_window_forget', 'DELETE FROM rate_window WHERE key = ANY($1)', [keysOf(limits)]);
  }

  /** For the expiry job. Returns how many windows were over. */
  async deleteEnded(): Promise<number> {
    return this.database.run((db) => db.$executeRaw`DELETE FROM rate_window WHERE ends_at < now()`);
  }

  #remember(standing: RateStanding): void {
    const { limit, count, endsInSeconds } = standing;
    if (count >= limit.max) this.#full.set(limit.key, standing, { ttl: endsInSeconds * 1000 });
  }

  /** As if it had been counted once more. */
  #known(limit: RateLimit): RateStanding | undefined {
    const full = this.#full.get(limit.key);
    if (!full) return undefined;
    const endsInSeconds = Math.max(1, Math.ceil(this.#full.getRemainingTTL(limit.key) / 1000));
    return { limit, count: Math.max(full.count, limit.max) + 1, endsInSeconds };
  }
}

function keysOf(limits: readonly RateLimit[]): string[] {
  return limits.map(({ key }) => key);
}

function standings(rows: readonly WindowRow[], limits: readonly RateLimit[]): RateStanding[] {
  const byKey = new Map(limits.map((limit) => [limit.key, limit]));
  return rows.flatMap(({ key, count, endsInSeconds }) => {
    const limit = byKey.get(key);
    return limit ? [{ limit, count, endsInSeconds }] : [];
  });
}

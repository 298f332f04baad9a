import type { Database } from '../database.js';

/** How often something has happened in the window that began with the first time. */
export interface RateWindow {
  readonly key: string;
  readonly count: number;
  /** Whole seconds until the window is over, 1 at least. */
  readonly endsInSeconds: number;
}

export interface CountedEvent {
  readonly key: string;
  /** Of a window that begins with this event; one that is open already keeps its end. */
  readonly windowSeconds: number;
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

/** Cross-tenant: counters that every replica shares. Keys are the caller's; they hold no secret and nothing that was typed. */
export class RateWindows {
  constructor(private readonly database: Database) {}

  /** Those that are open, in no order. */
  async read(keys: readonly string[]): Promise<RateWindow[]> {
    return this.database.prepared<RateWindow>(
      'rate_window_read',
      `SELECT ${COLUMNS} FROM rate_window WHERE key = ANY($1) AND ends_at > now()`,
      [keys],
    );
  }

  /** Counts one of each; the counts include it. */
  async count(events: readonly CountedEvent[]): Promise<RateWindow[]> {
    return this.database.changed<RateWindow>('rate_window_count', COUNT, [
      events.map(({ key }) => key),
      events.map(({ windowSeconds }) => windowSeconds),
    ]);
  }

  async forget(keys: readonly string[]): Promise<void> {
    await this.database.changed('rate_window_forget', 'DELETE FROM rate_window WHERE key = ANY($1)', [keys]);
  }

  /** For the expiry job. Returns how many were removed. */
  async deleteEnded(): Promise<number> {
    return this.database.run((db) => db.$executeRaw`DELETE FROM rate_window WHERE ends_at < now()`);
  }
}

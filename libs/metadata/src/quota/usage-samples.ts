import type { Database } from '../database.js';

export interface UsageSample {
  /** `2026-11-21`, in UTC. */
  readonly day: string;
  readonly usedBytes: number;
}

/** More than a year, so that the same month of the year before can be seen. */
const KEPT_DAYS = 400;

/** What namespaces used, day by day: the last look at a day counts. */
export class UsageSamples {
  constructor(private readonly database: Database) {}

  /** Cross-tenant: looks at all of them, in one statement. Returns how many. */
  async take(): Promise<number> {
    const taken = await this.database.changed(
      'usage_sample_take',
      `INSERT INTO usage_sample AS s (namespace_id, day, used_bytes)
       SELECT namespace_id, (now() AT TIME ZONE 'UTC')::date, used_bytes FROM namespace_usage
       ON CONFLICT (namespace_id, day) DO UPDATE SET used_bytes = excluded.used_bytes
       WHERE s.used_bytes <> excluded.used_bytes RETURNING 1`,
      [],
    );
    return taken.length;
  }

  /** Cross-tenant. Returns how many. */
  async forget(): Promise<number> {
    const gone = await this.database.changed(
      'usage_sample_forget',
      `DELETE FROM usage_sample WHERE day < (now() AT TIME ZONE 'UTC')::date - $1::int RETURNING 1`,
      [KEPT_DAYS],
    );
    return gone.length;
  }

  /** Of the last so many days, the oldest first. */
  async list(namespaceId: string, days: number): Promise<UsageSample[]> {
    return this.database.prepared<UsageSample & Record<string, unknown>>(
      'usage_sample_list',
      `SELECT to_char(day, 'YYYY-MM-DD') AS day, used_bytes::float8 AS "usedBytes" FROM usage_sample
       WHERE namespace_id = $1 AND day > (now() AT TIME ZONE 'UTC')::date - $2::int ORDER BY day`,
      [namespaceId, days],
    );
  }
}

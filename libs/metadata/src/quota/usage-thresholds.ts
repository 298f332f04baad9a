import type { Database, Db } from '../database.js';

/** From here on those who push are warned, and the owners get a letter. */
export const USAGE_THRESHOLDS = [80, 90] as const;

export interface ThresholdCrossing {
  readonly namespaceId: string;
  readonly namespace: string;
  readonly percent: number;
  readonly usedBytes: number;
  readonly limitBytes: number;
  /** Of the owners who may sign in. */
  readonly owners: readonly { readonly username: string; readonly email: string }[];
}

/** The highest threshold that is reached; open uploads do not count, as most of them become the same bytes. */
const REACHED = `CASE WHEN used_bytes = 0 THEN 0 WHEN used_bytes * 100 >= limit_bytes * 90::numeric THEN 90
  WHEN used_bytes * 100 >= limit_bytes * 80::numeric THEN 80 ELSE 0 END`;

/**
 * Cross-tenant: notes what namespaces have reached, and calls `announce` in the same transaction for each that has come to a
 * higher threshold than before. One that falls below is announced again when it comes back. Returns how many were announced.
 */
export async function announceThresholds(
  database: Database,
  announce: (tx: Db, crossing: ThresholdCrossing) => Promise<void>,
): Promise<number> {
  return database.transaction(async (tx) => {
    const crossings = await tx.$queryRawUnsafe<ThresholdCrossing[]>(`
      WITH moved AS (
        SELECT namespace_id, warned_percent AS before, ${REACHED} AS percent FROM namespace_usage
        WHERE warned_percent <> ${REACHED} ORDER BY namespace_id LIMIT 100 FOR UPDATE SKIP LOCKED
      ), noted AS (
        UPDATE namespace_usage u SET warned_percent = m.percent FROM moved m WHERE u.namespace_id = m.namespace_id
        RETURNING u.namespace_id, m.before, m.percent, u.used_bytes, u.limit_bytes
      )
      SELECT o.namespace_id AS "namespaceId", n.name AS namespace, o.percent, o.used_bytes::float8 AS "usedBytes",
             o.limit_bytes::float8 AS "limitBytes",
             (SELECT coalesce(jsonb_agg(jsonb_build_object('username', a.username, 'email', a.email) ORDER BY a.username), '[]')
              FROM namespace_member m JOIN app_user a ON a.id = m.user_id
              WHERE m.namespace_id = n.id AND m.role = 'owner' AND a.disabled_at IS NULL) AS owners
      FROM noted o JOIN namespace n ON n.id = o.namespace_id AND n.deleted_at IS NULL WHERE o.percent > o.before`);
    for (const crossing of crossings) await announce(tx, crossing);
    return crossings.length;
  });
}

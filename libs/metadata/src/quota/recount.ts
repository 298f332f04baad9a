import { SYSTEM_ACTOR } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import type { Statements } from '../statements.js';

/** What a namespace is charged, and what a recount of its links and uploads says that it should be. */
export interface UsageDrift {
  readonly chargedBytes: number;
  readonly recountedBytes: number;
  readonly chargedReservedBytes: number;
  readonly recountedReservedBytes: number;
  /** Digests whose row is missing, too many, or has another count or size. */
  readonly wrongRows: number;
}

interface SeenDrift extends UsageDrift {
  readonly rows: readonly WrongRow[];
}

interface WrongRow {
  readonly digest: string;
  readonly size: number;
  /** By the links. */
  readonly links: number;
  /** By the row; 0 without one. */
  readonly counted: number;
}

/** Namespaces with millions of links take longer than what a request waits for. */
const TIMEOUT = '10min';

/**
 * Cross-tenant. Charges and links change in one transaction, so one statement sees both as they belong together, at any moment
 * and without a lock. A difference is a defect of ours: it is reported and repaired.
 */
export class UsageRecount {
  constructor(private readonly database: Database) {}

  /** By id, after `last`. */
  async namespacesAfter(last: string | undefined, limit: number): Promise<{ id: string; name: string }[]> {
    return this.database.run((db) =>
      db.namespace.findMany({
        where: last === undefined ? {} : { id: { gt: last } },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true, name: true },
      }),
    );
  }

  /** Undefined: there is no such namespace any more. */
  async compare(namespaceId: string): Promise<UsageDrift | undefined> {
    return this.database.statements(async (tx) => {
      await tx.$queryRaw`SELECT set_config('statement_timeout', ${TIMEOUT}, true)`;
      const drift = await driftOf(tx, namespaceId);
      if (!drift) return undefined;
      const { rows: _, ...report } = drift;
      return report;
    });
  }

  /**
   * Makes the charges what the links say, under the lock of the accounting row, with an audit row; pushes to the namespace wait
   * meanwhile. Undefined when there was nothing to repair any more.
   */
  async repair(namespaceId: string): Promise<UsageDrift | undefined> {
    return this.database.statements(async (tx) => {
      await tx.$queryRaw`SELECT set_config('statement_timeout', ${TIMEOUT}, true)`;
      await tx.$queryRaw`SELECT 1 FROM namespace_usage WHERE namespace_id = ${namespaceId}::uuid FOR UPDATE`;
      const drift = await driftOf(tx, namespaceId);
      if (!drift || !hasDrifted(drift)) return undefined;
      const { rows, ...report } = drift;
      for (const row of rows) await repairRow(tx, namespaceId, row);
      await correctUsage(tx, namespaceId, report);
      await auditRepair(tx, namespaceId, report);
      return report;
    });
  }
}

export function hasDrifted(drift: UsageDrift): boolean {
  return (
    drift.chargedBytes !== drift.recountedBytes ||
    drift.chargedReservedBytes !== drift.recountedReservedBytes ||
    drift.wrongRows > 0
  );
}

/** Charges and links side by side; one statement, so one moment. */
async function driftOf(tx: Statements, namespaceId: string): Promise<SeenDrift | undefined> {
  const [drift] = await tx.$queryRaw<SeenDrift[]>`
    WITH links AS (
      SELECT l.digest, b.size
      FROM repository r JOIN repository_blob l ON l.repository_id = r.id JOIN blob b ON b.digest = l.digest
      WHERE r.namespace_id = ${namespaceId}::uuid
      UNION ALL
      SELECT m.digest, m.payload_size::bigint
      FROM repository r JOIN manifest m ON m.repository_id = r.id WHERE r.namespace_id = ${namespaceId}::uuid
    ), expected AS (
      SELECT digest, max(size) AS size, count(*) AS links FROM links GROUP BY digest
    ), counted AS (
      SELECT digest, size, link_count FROM namespace_blob WHERE namespace_id = ${namespaceId}::uuid
    ), compared AS (
      SELECT coalesce(e.digest, c.digest) AS digest, e.size AS held, coalesce(e.size, c.size) AS size,
             coalesce(e.links, 0) AS links, coalesce(c.link_count, 0) AS counted,
             e.links IS DISTINCT FROM c.link_count OR e.size IS DISTINCT FROM c.size AS is_wrong
      FROM expected e FULL JOIN counted c ON c.digest = e.digest
    )
    SELECT u.used_bytes::float8 AS "chargedBytes", u.reserved_bytes::float8 AS "chargedReservedBytes",
           (SELECT coalesce(sum(held), 0)::float8 FROM compared) AS "recountedBytes",
           (SELECT coalesce(sum(s.reserved_bytes), 0)::float8 FROM upload_session s
            JOIN repository r ON r.id = s.repository_id WHERE r.namespace_id = u.namespace_id) AS "recountedReservedBytes",
           (SELECT count(*)::int FROM compared WHERE is_wrong) AS "wrongRows",
           (SELECT coalesce(jsonb_agg(jsonb_build_object('digest', digest, 'size', size, 'links', links, 'counted', counted)
                                      ORDER BY digest COLLATE "C"), '[]')
            FROM compared WHERE is_wrong) AS rows
    FROM namespace_usage u WHERE u.namespace_id = ${namespaceId}::uuid`;
  return drift;
}

/** By the difference, never by the number: whoever links the digest at this moment counts on. */
async function repairRow(
  tx: Statements,
  namespaceId: string,
  { digest, size, links, counted }: WrongRow,
): Promise<void> {
  const difference = links - counted;
  if (counted === 0) {
    await tx.$executeRaw`
      INSERT INTO namespace_blob AS b (namespace_id, digest, size, link_count)
      VALUES (${namespaceId}::uuid, ${digest}, ${size}, ${links})
      ON CONFLICT (namespace_id, digest) DO UPDATE SET link_count = b.link_count + excluded.link_count`;
    return;
  }
  await tx.$executeRaw`
    DELETE FROM namespace_blob
    WHERE namespace_id = ${namespaceId}::uuid AND digest = ${digest} AND link_count + ${difference}::int <= 0`;
  await tx.$executeRaw`
    UPDATE namespace_blob SET link_count = link_count + ${difference}::int, size = ${size}
    WHERE namespace_id = ${namespaceId}::uuid AND digest = ${digest}`;
}

async function correctUsage(tx: Statements, namespaceId: string, drift: UsageDrift): Promise<void> {
  const used = drift.recountedBytes - drift.chargedBytes;
  const reserved = drift.recountedReservedBytes - drift.chargedReservedBytes;
  await tx.$executeRaw`
    UPDATE namespace_usage SET used_bytes = used_bytes + ${used}::bigint, reserved_bytes = reserved_bytes + ${reserved}::bigint
    WHERE namespace_id = ${namespaceId}::uuid`;
}

async function auditRepair(tx: Statements, namespaceId: string, drift: UsageDrift): Promise<void> {
  const [namespace] = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM namespace WHERE id = ${namespaceId}::uuid`;
  await recordAudit(tx, {
    actor: SYSTEM_ACTOR,
    action: 'usage.repair',
    namespaceId,
    target: namespace?.name ?? namespaceId,
    detail: {
      before: { usedBytes: drift.chargedBytes, reservedBytes: drift.chargedReservedBytes },
      after: { usedBytes: drift.recountedBytes, reservedBytes: drift.recountedReservedBytes },
      wrongRows: drift.wrongRows,
    },
  });
}

import type { Digest } from '@stowage/oci';
import type { Db } from '../database.js';
import { Prisma } from '../generated/prisma/client.js';
import type { Statements } from '../statements.js';

export class QuotaExceededError extends Error {
  override name = 'QuotaExceededError';
  constructor(
    readonly usage: { readonly usedBytes: number; readonly reservedBytes: number; readonly limitBytes: number },
    readonly neededBytes: number,
  ) {
    super('the namespace is out of storage');
  }
}

export interface Charge {
  readonly namespaceId: string;
  readonly digest: Digest;
  readonly size: number;
}

/**
 * Counts one more link to a blob or manifest in a namespace; the bytes are charged with the first link only.
 * `releasedBytes` of a reservation go back in the same statement. Throws `QuotaExceededError`, which rolls back.
 * The usage row is the hottest one of a push: take it last, hold it shortly. Sends one statement and looks at nothing in its
 * answer, so that it can be the last step of a transaction: `refuse_charge` fails in Postgres.
 */
export async function addCharge(tx: Statements, charge: Charge, releasedBytes = 0): Promise<void> {
  const { namespaceId, digest, size } = charge;
  const charged = tx.$executeRaw`
    WITH counted AS (
      INSERT INTO namespace_blob AS b (namespace_id, digest, size, link_count)
      VALUES (${namespaceId}::uuid, ${digest}, ${size}, 1)
      ON CONFLICT (namespace_id, digest) DO UPDATE SET link_count = b.link_count + 1
      RETURNING CASE WHEN xmax = 0 THEN size ELSE 0 END AS used, ${releasedBytes}::bigint AS released
    ), paid AS (
      UPDATE namespace_usage u
      SET used_bytes = u.used_bytes + c.used, reserved_bytes = u.reserved_bytes - c.released
      FROM counted c
      WHERE u.namespace_id = ${namespaceId}::uuid AND (c.used <> 0 OR c.released <> 0)
        AND (c.used <= c.released OR u.used_bytes + u.reserved_bytes + c.used - c.released <= u.limit_bytes)
      RETURNING 1
    )
    SELECT CASE WHEN used > released AND NOT EXISTS (SELECT 1 FROM paid)
      THEN refuse_charge(${namespaceId}::uuid, used - released) END FROM counted`;
  await charged.catch((error: unknown) => {
    throw toQuotaExceeded(error) ?? error;
  });
}

/** What `refuse_charge` raises, as the migration that made it says. */
function toQuotaExceeded(error: unknown): QuotaExceededError | undefined {
  const { code, detail } = error as { readonly code?: unknown; readonly detail?: unknown };
  if (code !== 'STQ01' || typeof detail !== 'string') return undefined;
  const { neededBytes, ...usage } = JSON.parse(detail) as QuotaExceededError['usage'] & {
    readonly neededBytes: number;
  };
  return new QuotaExceededError(usage, neededBytes);
}

/** Counts one link less; the bytes leave the usage with the last one. Never refused. */
export async function removeCharge(tx: Statements, charge: Omit<Charge, 'size'>): Promise<void> {
  // Locked before it is judged: two links that go at the same moment must not both take it for the last but one.
  const [counted] = await tx.$queryRaw<{ size: bigint; linkCount: number }[]>`
    SELECT size, link_count AS "linkCount" FROM namespace_blob
    WHERE namespace_id = ${charge.namespaceId}::uuid AND digest = ${charge.digest} FOR UPDATE`;
  if (counted && counted.linkCount > 1) {
    await tx.$executeRaw`
      UPDATE namespace_blob SET link_count = link_count - 1
      WHERE namespace_id = ${charge.namespaceId}::uuid AND digest = ${charge.digest}`;
  } else if (counted) {
    await tx.$executeRaw`
      DELETE FROM namespace_blob WHERE namespace_id = ${charge.namespaceId}::uuid AND digest = ${charge.digest}`;
    await changeUsage(tx, charge.namespaceId, { used: -Number(counted.size), reserved: 0 });
  }
}

/**
 * The same for many links, in a fixed order: namespaces, then digests, and the usage rows last. Two that do it at once, or
 * one beside pushes, which take one row of each kind, can't deadlock.
 */
export async function removeCharges(tx: Db, charges: readonly Omit<Charge, 'size'>[]): Promise<void> {
  if (charges.length === 0) return;
  const namespaces = charges.map(({ namespaceId }) => namespaceId);
  const digests = charges.map(({ digest }) => digest);
  const links = Prisma.sql`(
    SELECT namespace_id, digest, count(*)::int AS links
    FROM unnest(${namespaces}::uuid[], ${digests}::text[]) AS u (namespace_id, digest) GROUP BY namespace_id, digest) c`;
  const isTheirs = Prisma.sql`c.namespace_id = b.namespace_id AND c.digest = b.digest`;
  await tx.$queryRaw`
    SELECT 1 FROM namespace_blob b JOIN ${links} ON ${isTheirs}
    ORDER BY b.namespace_id, b.digest COLLATE "C" FOR UPDATE OF b`;
  const freed = await tx.$queryRaw<{ namespaceId: string; bytes: bigint }[]>`
    WITH gone AS (
      DELETE FROM namespace_blob b USING ${links} WHERE ${isTheirs} AND b.link_count <= c.links
      RETURNING b.namespace_id, b.size
    )
    SELECT namespace_id AS "namespaceId", sum(size)::bigint AS bytes FROM gone GROUP BY 1 ORDER BY 1`;
  await tx.$executeRaw`UPDATE namespace_blob b SET link_count = b.link_count - c.links FROM ${links} WHERE ${isTheirs}`;
  for (const { namespaceId, bytes } of freed) await changeUsage(tx, namespaceId, { used: -Number(bytes), reserved: 0 });
}

/** Counts links of many digests in one namespace at once, in order. Throws `QuotaExceededError`. */
export async function addCharges(
  tx: Db,
  namespaceId: string,
  charges: readonly { readonly digest: Digest; readonly size: number; readonly links: number }[],
): Promise<void> {
  if (charges.length === 0) return;
  const [grown] = await tx.$queryRaw<{ bytes: bigint }[]>`
    WITH counted AS (
      INSERT INTO namespace_blob AS b (namespace_id, digest, size, link_count)
      SELECT ${namespaceId}::uuid, c.digest, c.size, c.links
      FROM unnest(${charges.map(({ digest }) => digest)}::text[], ${charges.map(({ size }) => size)}::bigint[],
                  ${charges.map(({ links }) => links)}::int[]) AS c (digest, size, links)
      ORDER BY c.digest COLLATE "C"
      ON CONFLICT (namespace_id, digest) DO UPDATE SET link_count = b.link_count + excluded.link_count
      RETURNING CASE WHEN xmax = 0 THEN size ELSE 0 END AS bytes
    )
    SELECT coalesce(sum(bytes), 0)::bigint AS bytes FROM counted`;
  await changeUsage(tx, namespaceId, { used: Number(grown?.bytes ?? 0), reserved: 0 });
}

/** Sets bytes aside for an open upload (negative: gives them back). Throws `QuotaExceededError`. */
export async function changeReservation(tx: Statements, namespaceId: string, bytes: number): Promise<void> {
  await changeUsage(tx, namespaceId, { used: 0, reserved: bytes });
}

/** Gives back what was set aside, in one statement. */
export async function releaseReservation(tx: Statements, namespaceId: string, bytes: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE namespace_usage SET reserved_bytes = reserved_bytes - ${bytes} WHERE namespace_id = ${namespaceId}::uuid`;
}

/** Throws the refusal of a reservation, with the usage that it was refused for. */
export async function refuse(tx: Statements, namespaceId: string, neededBytes: number): Promise<never> {
  throw new QuotaExceededError(await readUsage(tx, namespaceId), neededBytes);
}

/** One conditional UPDATE decides: two pushes can't both take the last free bytes. */
async function changeUsage(
  tx: Statements,
  namespaceId: string,
  { used, reserved }: { readonly used: number; readonly reserved: number },
): Promise<void> {
  if (used === 0 && reserved === 0) return;
  const growth = used + reserved;
  const changed = await tx.$executeRaw`
    UPDATE namespace_usage
    SET used_bytes = used_bytes + ${used}, reserved_bytes = reserved_bytes + ${reserved}
    WHERE namespace_id = ${namespaceId}::uuid
      AND (${growth}::bigint <= 0 OR used_bytes + reserved_bytes + ${growth}::bigint <= limit_bytes)`;
  if (changed === 0) await refuse(tx, namespaceId, growth);
}

async function readUsage(tx: Statements, namespaceId: string): Promise<QuotaExceededError['usage']> {
  const [row] = await tx.$queryRaw<{ used: bigint; reserved: bigint; limit: bigint }[]>`
    SELECT used_bytes AS used, reserved_bytes AS reserved, limit_bytes AS limit
    FROM namespace_usage WHERE namespace_id = ${namespaceId}::uuid`;
  if (!row) throw new Error('the namespace has no usage row');
  return { usedBytes: Number(row.used), reservedBytes: Number(row.reserved), limitBytes: Number(row.limit) };
}

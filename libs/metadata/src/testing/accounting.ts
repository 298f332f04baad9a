import type { Database } from '../database.js';
import { UsageRecount } from '../quota/recount.js';

export interface Accounting {
  readonly used: number;
  readonly reserved: number;
}

/** What the namespace is charged. */
export async function chargedTo(database: Database, namespaceId: string): Promise<Accounting> {
  const row = await database.run((db) => db.namespaceUsage.findUniqueOrThrow({ where: { namespaceId } }));
  return { used: Number(row.usedBytes), reserved: Number(row.reservedBytes) };
}

/**
 * What it should be charged, from the links and sessions alone: each distinct blob and manifest once (I6). Throws when the
 * count of a digest is not that of its links.
 */
export async function recount(database: Database, namespaceId: string): Promise<Accounting> {
  const drift = await new UsageRecount(database).compare(namespaceId);
  if (!drift) throw new Error('there is no such namespace');
  if (drift.wrongRows > 0) throw new Error(`${drift.wrongRows} digests are counted wrongly`);
  return { used: drift.recountedBytes, reserved: drift.recountedReservedBytes };
}

import type { Digest } from '@stowage/oci';
import type { Database, Db } from '../database.js';
import { Prisma } from '../generated/prisma/client.js';

/** The queues of garbage collection, and what tells their rows apart. */
const KEYS = {
  manifest_review: ['repository_id', 'digest'],
  link_review: ['repository_id', 'digest'],
  blob_review: ['digest'],
  object_removal: ['digest', 'generation'],
} as const;

export type ReviewQueue = keyof typeof KEYS;

/** A row that this collector looks at. Others leave it alone for some minutes, so that a collector may die with it. */
export interface Claim {
  readonly queue: ReviewQueue;
  readonly digest: Digest;
  /** Of a manifest or a link. */
  readonly repositoryId?: string;
  /** Of an object. */
  readonly generation?: string;
  /** When the claim ends; a row that says something else was queued again by a change, and is not ours any more. */
  readonly until: string;
}

/** How long a claim lasts, and so how soon what failed is tried again: longer each time, a day at most. */
const CLAIM_SECONDS = 300;
const LONGEST_SECONDS = 86_400;
/** Something is just being pushed or deleted: worth another look soon. */
const BUSY_SECONDS = 10;

/** Claims up to `limit` rows that are due, oldest first; never one that another collector has. */
export async function claimDue(database: Database, queue: ReviewQueue, limit: number): Promise<Claim[]> {
  const columns = { repository_id: '"repositoryId"', digest: 'digest', generation: 'generation' };
  const keys = KEYS[queue].map((key) => `r.${key} AS ${columns[key]}`).join(', ');
  const rows = await database.prepared<Omit<Claim, 'queue'>>(
    `claim_${queue}`,
    `UPDATE ${queue} r
     SET review_count = r.review_count + 1,
         review_after = now() + make_interval(secs => least($2, $3 * 2 ^ least(r.review_count, 20)))
     FROM (SELECT ctid FROM ${queue} WHERE review_after <= now()
           ORDER BY review_after LIMIT $1 FOR UPDATE SKIP LOCKED) due
     WHERE r.ctid = due.ctid RETURNING ${keys}, r.review_after::text AS until`,
    [limit, LONGEST_SECONDS, CLAIM_SECONDS],
  );
  return rows.map((row) => ({ ...row, queue }));
}

/** Locks the row if it is still as it was claimed. Never waits: whoever has it is a change that queues it again. */
export async function holdClaim(tx: Db, claim: Claim): Promise<boolean> {
  const held = await tx.$queryRaw<
    unknown[]
  >`SELECT 1 FROM ${tableOf(claim)} WHERE ${isRow(claim)} FOR UPDATE SKIP LOCKED`;
  return held.length === 1;
}

/** The row was looked at. Does nothing when it was queued again meanwhile. */
export async function settleClaim(tx: Db, claim: Claim): Promise<void> {
  await tx.$executeRaw`DELETE FROM ${tableOf(claim)} WHERE ${isRow(claim)}`;
}

/** Someone else has what the row is about: looks again soon. */
export async function returnClaim(tx: Db, claim: Claim): Promise<void> {
  await tx.$executeRaw`
    UPDATE ${tableOf(claim)} SET review_after = now() + make_interval(secs => ${BUSY_SECONDS}), review_count = 0
    WHERE ${isRow(claim)}`;
}

function tableOf({ queue }: Claim): Prisma.Sql {
  return Prisma.raw(queue); // a name out of KEYS, never input
}

function isRow({ repositoryId, digest, generation, until }: Claim): Prisma.Sql {
  const parts = [Prisma.sql`digest = ${digest}`, Prisma.sql`review_after = ${until}::timestamptz`];
  if (repositoryId !== undefined) parts.push(Prisma.sql`repository_id = ${repositoryId}::uuid`);
  if (generation !== undefined) parts.push(Prisma.sql`generation = ${generation}`);
  return Prisma.join(parts, ' AND ');
}
